import { readdirSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { features } from '#lib/redundancy/features/index.ts';
import { laserLoopStart } from '#lib/redundancy/features/laser-loop.ts';
import { repeatedNgramShare } from '#lib/redundancy/features/ngram-repetition.ts';
import { hasWindowRepeat } from '#lib/redundancy/features/window-repeat.ts';
import { repeatedPassages } from '#lib/redundancy/repeated-passages.ts';
import { compressionRatio } from '#lib/redundancy/scan/compression.ts';
import { scanText } from '#lib/redundancy/scan/text-scan.ts';
import { createRng } from '#lib/rng.ts';
import { golden } from '#tests/unit/metrics/golden.ts';

test('every file in lib/redundancy/features is registered under its own name', () => {
  const files = readdirSync('lib/redundancy/features')
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => !['feature', 'all', 'index'].includes(name));
  expect(features.all.map((feature) => feature.id)).toEqual(files.sort());
});

describe.each(features.all)('feature $id', (feature) => {
  const measure = (text: string): number | null => feature.measure(scanText(text));

  test('is null or finite and not negative for any text, and a share is at most 1', () => {
    const parts = ['wait', ' ', '\n\n', '.', 'é', '😀', '\ud83d', '$$', '```', 'So it is.', '等'];
    for (let seed = 0; seed < 300; seed += 1) {
      const rng = createRng('features', seed);
      const text = Array.from({ length: rng.below(60) }, () => rng.pick(parts)).join('');
      const value = measure(text);
      if (value === null) continue;
      expect(Number.isFinite(value) && value >= 0, `seed ${seed}`).toBe(true);
      if (feature.unit === 'share') expect(value).toBeLessThanOrEqual(1);
    }
  });

  test.each(['wait ', 'a', '\n', ' ', 'a b\n\n', '\ud83d', '$$', 'ab. '])(
    'a megabyte of %j takes linear time',
    (part) => {
      const text = part.repeat(Math.ceil(1_000_000 / part.length));
      const start = process.cpuUsage();
      measure(text);
      const { user } = process.cpuUsage(start);
      expect(user / 1000).toBeLessThan(1500);
    },
  );
});

test.each(golden.ngram_repetition)('repetition of runs of $n words', ({ words, n, value }) => {
  expect(repeatedNgramShare(scanText(words), n)).toBeCloseTo(value, 12);
});

test('passages of twenty words are found where they stand again', () => {
  const passage = Array.from({ length: 22 }, (_, i) => `word${i}`).join(' ');
  const text = `${passage}. Then something else. ${passage}!`;
  const [span, ...rest] = repeatedPassages.detect(text);
  expect(text.slice(span?.start, span?.end)).toBe(passage);
  expect(rest).toEqual([]);
});

describe("LASER's rule", () => {
  /** As the paper's programme words it, with every position kept. */
  function slow(tokens: readonly number[]): number | null {
    const { length } = tokens;
    if (length <= 8) return null;
    const n = length < 30 ? 2 : length < 100 ? 3 : 4;
    const found = new Map<string, number[]>();
    for (let i = length - n; i >= 0; i -= 1) {
      const gram = tokens.slice(i, i + n);
      if (new Set(gram).size === 1 && n > 2) continue;
      const positions = [i, ...(found.get(gram.join()) ?? [])];
      found.set(gram.join(), positions);
      if (positions.length < (length < 200 ? 2 : 3)) continue;
      const gaps = positions.slice(1).map((position, j) => position - (positions[j] ?? 0));
      if (gaps.some((gap) => gap < Math.floor(length / 3))) return i;
    }
    if (length < 4 * n) return null;
    const seen = new Set<string>();
    for (let i = length - 2 * n; i >= 0; i -= 1) {
      const run = tokens.slice(i, i + 2 * n).join();
      if (seen.has(run)) return i;
      seen.add(run);
    }
    return null;
  }

  test('equals its wording on random tokens of every length class', () => {
    let flagged = 0;
    for (let seed = 0; seed < 600; seed += 1) {
      const rng = createRng('laser-loop', seed);
      const kinds = rng.pick([2, 12, 40, 1000]);
      const tokens = Array.from({ length: rng.between(0, 300) }, () => rng.below(kinds));
      const expected = slow(tokens);
      if (expected !== null) flagged += 1;
      expect(laserLoopStart(Int32Array.from(tokens)), `seed ${seed}`).toBe(expected);
    }
    expect(flagged).toBeGreaterThan(50);
    expect(flagged).toBeLessThan(550);
  });
});

describe("SimpleRL-Zoo's rule", () => {
  function alike(a: string, b: string): boolean {
    const parts = (text: string): Set<string> =>
      text.includes(' ') && text.includes('\n')
        ? new Set(text.split(/\s+/u).filter((word) => word !== ''))
        : new Set(text);
    const [x, y] = [parts(a), parts(b)];
    const both = [...x].filter((part) => y.has(part)).length;
    return x.size + y.size === 0 || both / (x.size + y.size - both) >= 0.85;
  }

  function slow(text: string): boolean {
    const points = Array.from(text);
    if (text.length <= 10) return false;
    const blocks = Array.from({ length: Math.floor(points.length / 10) }, (_, i) =>
      points.slice(10 * i, 10 * i + 10).join(''),
    );
    const near = (pieces: readonly string[]): boolean =>
      pieces.some((piece, i) => i > 0 && alike(pieces[i - 1] ?? '', piece));
    if (near(blocks)) return true;
    for (const separator of ['\n', '.', '。']) {
      const pieces = text.split(separator);
      if (pieces.length === 1) return false;
      if (near(pieces.filter((piece) => Array.from(piece).length >= 20))) return true;
    }
    return false;
  }

  test('equals its wording on random texts', () => {
    let flagged = 0;
    const letters = Array.from('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ');
    for (let seed = 0; seed < 800; seed += 1) {
      const rng = createRng('window', seed);
      const rare = rng.pick([['\n', ' ', '.'], ['😀', '等', ' '], ['\n'], ['。', '\n', '.', ' ']]);
      const text = Array.from({ length: rng.between(0, 120) }, () =>
        rng.below(8) === 0 ? rng.pick(rare) : rng.pick(letters),
      ).join('');
      const doubled = rng.below(4) === 0 ? `${text}\n${text}` : text;
      const expected = slow(doubled);
      if (expected) flagged += 1;
      expect(hasWindowRepeat(doubled), `seed ${seed}: ${doubled}`).toBe(expected);
    }
    expect(flagged).toBeGreaterThan(50);
    expect(flagged).toBeLessThan(750);
  });
});

test('entropy of one, two and four even characters', () => {
  const entropy = features.get('character-entropy');
  expect(['aaaa', 'abab', 'abcd'].map((text) => entropy.measure(scanText(text)))).toEqual([
    0, 1, 2,
  ]);
});

test('a loop is a share of its text', () => {
  const text = `${'x'.repeat(100)} ${'no. '.repeat(75)}`;
  // The space before the first "no." belongs to the period as well.
  expect(features.get('loop-share').measure(scanText(text))).toBeCloseTo(301 / 401, 12);
});

test('compression asks its codec, and not for short texts', () => {
  const codec = { id: 'deflate', compress: (bytes: Uint8Array) => deflateSync(bytes) };
  expect(compressionRatio('The quick brown fox. '.repeat(100), codec)).toBeLessThan(0.05);
  expect(compressionRatio('short', codec)).toBeNull();
  const half = { id: 'half', compress: (bytes: Uint8Array) => bytes.subarray(bytes.length / 2) };
  expect(compressionRatio('é'.repeat(1000), half)).toBe(0.5);
});
