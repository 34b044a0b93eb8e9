import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';

import { format } from 'prettier';
import { describe, expect, test } from 'vitest';

import { AppError } from '#lib/errors.ts';
import { importers } from '#lib/importers/index.ts';
import { FileMemory } from '#lib/importers/fields/file-memory.ts';
import type { Importer } from '#lib/importers/importer.ts';
import { importRow } from '#lib/ingest/json-row-import.ts';
import { readSample, recogniseFormat } from '#lib/ingest/recognise.ts';
import { readRows, type SourceRow } from '#lib/ingest/source-rows.ts';
import { createRng, type Rng } from '#lib/rng.ts';

import { importAll } from '../unit/importers/import-all.ts';
import { chunksOf, cutRandomly } from '../unit/ingest/byte-source.ts';

const FIXTURES = 'tests/fixtures/importers';

interface Fixture {
  name: string;
  /** As the submitter would send it: the folders below `input`. */
  path: string;
  bytes: Buffer;
  expectedFile: string;
}

test('every file in lib/importers is registered under its own name', () => {
  const files = readdirSync('lib/importers', { withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && !['importer.ts', 'all.ts', 'index.ts'].includes(entry.name),
    )
    .map((entry) => entry.name.replace(/\.ts$/, ''));
  expect(importers.all.map((importer) => importer.id)).toEqual(files.sort());
});

test('every fixture folder belongs to an importer', () => {
  expect(readdirSync(FIXTURES).sort()).toEqual(importers.all.map((importer) => importer.id));
});

test('every format has its page', () => {
  const pages = readdirSync('docs/formats').filter((file) => file.endsWith('.md'));
  const named = importers.all.map(({ id }) => (id === 'laconic-jsonl' ? 'laconic.md' : `${id}.md`));
  expect(pages.sort()).toEqual([...named, 'benchmark.md', 'mapping.md'].sort());
});

describe.each(importers.all)('importer $id', (importer) => {
  const fixtures = listFixtures(importer);

  test('has fixtures, one of them broken and one not', () => {
    expect(fixtures.map(({ name }) => name)).toContain('broken');
    expect(fixtures.length).toBeGreaterThan(1);
  });

  test('states what it can not know', () => {
    expect(importer.unknowns.length).toBeGreaterThan(0);
  });

  describe.each(fixtures)('$name', (fixture) => {
    test('is claimed by this importer alone, with evidence', async () => {
      const sample = await readSample(fixture.path, chunksOf(fixture.bytes));
      const { importer: claimed, evidence } = recogniseFormat(sample);
      expect(claimed.id).toBe(importer.id);
      expect(evidence).toMatch(/\w+/);
    });

    test('gives exactly the expected rows', async () => {
      const { hints, rows, attempts, refused } = await importAll(importer, fixture);
      const text = await format(JSON.stringify({ hints, rows, attempts, refused }, null, 2), {
        parser: 'json',
        printWidth: 100,
      });
      await expect(text).toMatchFileSnapshot(join('../..', fixture.expectedFile));
    });

    test.each([1, 2, 3])(
      'gives the same rows when cut at random places (seed %i)',
      async (seed) => {
        const whole = await importAll(importer, fixture, () => chunksOf(fixture.bytes));
        const cut = await importAll(importer, fixture, () => cutRandomly(fixture.bytes, seed));
        expect(cut).toEqual(whole);
      },
    );

    test('gives the same samples packed, marked, and with other line ends', async () => {
      const { attempts } = await importAll(importer, fixture);
      for (const [variant, bytes] of Object.entries(variantsOf(fixture.bytes, importer))) {
        const other = await importAll(importer, { ...fixture, bytes });
        expect(withoutLines(other.attempts), variant).toEqual(withoutLines(attempts));
      }
    });

    test.each([
      ['NUL, half a character, NaN', '"zz":["a\\u0000b\\ud800",NaN,-Infinity]'],
      ['a field that stands twice', '"zz":1,"zz":2'],
      ['10 MB in one field', `"zz":"${'x'.repeat(10_000_000)}"`],
    ])('keeps its samples beside %s', async (_, field) => {
      const rows = rowsOf(fixture, importer);
      if (rows === null) return;
      const whole = await importAll(importer, fixture);
      const [first = '', ...rest] = rows;
      const text = [first.replace('{', `{${field},`), ...rest].join('\n');
      const odd = await importAll(importer, { ...fixture, bytes: Buffer.from(text) });
      expect(odd.rows).toBe(whole.rows);
      // A format that is closed says so; any other passes over what it does not know.
      const [refusal] = odd.refused.filter(({ line }) => line === 1);
      if (refusal?.code === 'unknown_field') expect(refusal.pointer).toBe('/zz');
      else expect(withoutLines(odd.attempts)).toEqual(withoutLines(whole.attempts));
    });

    test('tells of a last line that is cut, and of nothing else', async () => {
      const rows = rowsOf(fixture, importer);
      if (rows === null) return;
      const whole = await importAll(importer, fixture);
      const bytes = Buffer.from(rows.join('\n').slice(0, -1));
      const cut = await importAll(importer, { ...fixture, bytes });
      expect(cut.rows).toBe(whole.rows);
      expect(cut.refused.at(-1)).toMatchObject({ line: rows.length, code: 'cut_row' });
      const before = whole.refused.filter(({ line }) => line !== rows.length);
      expect(cut.refused.slice(0, -1)).toEqual(before);
    });

    test('answers damaged bytes with rows and refusals that add up', async () => {
      for (let seed = 0; seed < 300; seed += 1) {
        const bytes = damage(fixture.bytes, seed);
        try {
          const result = await importAll(importer, fixture, () => chunksOf(bytes));
          expect(result.parsed + result.refused.length, `seed ${seed}`).toBe(result.rows);
        } catch (error) {
          // A damaged archive is refused as a whole, and in words.
          if (!(error instanceof AppError)) throw error;
          expect(isBinary(importer), `seed ${seed}`).toBe(true);
        }
      }
    });

    test('answers rows with odd values by samples or a RowError', async () => {
      const sample = await readSample(fixture.path, chunksOf(fixture.bytes));
      const rows: ReadRow[] = [];
      const open = () => Promise.resolve(chunksOf(fixture.bytes));
      for await (const batch of readRows({ importer, sample, open })) {
        for (const row of batch) if (row.error === null) rows.push(row);
      }
      for (let seed = 0; seed < 400; seed += 1) {
        const rng = createRng('odd', fixture.path, seed);
        const row = rng.pick(rows);
        const value = withOddValue(row.value, rng);
        const result = importRow(importer, { ...row, value }, new FileMemory());
        for (const { tokens, sampleIndex, reported } of result.error === null
          ? result.attempts
          : []) {
          for (const count of [tokens.prompt, tokens.output, tokens.reasoning, tokens.answer]) {
            expect(count === null || (Number.isInteger(count) && count >= 0 && count <= 1e9)).toBe(
              true,
            );
          }
          expect(sampleIndex).toBeGreaterThanOrEqual(0);
          expect(reported.score === null || Number.isFinite(reported.score)).toBe(true);
        }
      }
    });

    test('names the place of every row it refuses', async () => {
      const { refused, rows, attempts } = await importAll(importer, fixture, () =>
        chunksOf(fixture.bytes),
      );
      expect(refused.length > 0).toBe(fixture.name.startsWith('broken'));
      expect(attempts.length).toBeGreaterThan(0);
      expect(rows).toBeGreaterThan(0);
      if (isBinary(importer)) return;
      const lines = fixture.bytes.toString().split('\n');
      for (const { line, byteOffset } of refused) {
        const start = Buffer.byteLength(lines.slice(0, (line ?? 0) - 1).join('\n'));
        expect(byteOffset).toBeGreaterThanOrEqual(start);
      }
      if (importer.layout !== undefined || fixture.bytes[0] === 0x5b) return;
      for (const { line, byteOffset } of refused) {
        const end = Buffer.byteLength(lines.slice(0, line).join('\n'));
        expect(byteOffset).toBeLessThanOrEqual(end);
      }
      expect(rows).toBe(lines.filter((line) => line !== '').length);
    });
  });

  test.each([null, 1, 'x', [], {}, { code: {} }, { laconic: {} }, { question: 'x', code: [[]] }])(
    'refuses %j with a RowError',
    (value) => {
      const row = { line: 3, byteOffset: 40, value, error: null, changes: null };
      expect(importRow(importer, row, new FileMemory()).error).toMatchObject({
        line: 3,
        byteOffset: 40,
      });
    },
  );
});

function listFixtures(importer: Importer): Fixture[] {
  const folder = join(FIXTURES, importer.id);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => {
    const input = join(folder, name, 'input');
    const [path] = readdirSync(input, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(input, join(entry.parentPath, entry.name)));
    const bytes = readFileSync(join(input, path!));
    return { name, path: path!, bytes, expectedFile: join(folder, name, 'expected.json') };
  });
}

/** The same file as other programs would write or send it. */
function variantsOf(bytes: Buffer, importer: Importer): Record<string, Buffer> {
  const packed = { gzip: gzipSync(bytes), zstandard: zstdCompressSync(bytes) };
  if (isBinary(importer)) return packed;
  const text = bytes.toString();
  const rows = text.trimEnd().split('\n');
  const isLines = importer.layout === undefined && rows.every((row) => isJson(row));
  return {
    ...packed,
    mark: Buffer.from(`\ufeff${text}`),
    'carriage returns': Buffer.from(text.replaceAll('\n', '\r\n')),
    'no last newline': Buffer.from(text.trimEnd()),
    ...(isLines && rows.length > 1 ? { 'one array': Buffer.from(`[${rows.join(',\n')}]`) } : {}),
  };
}

/** The lines of a file of JSON lines; null for all others. */
function rowsOf({ bytes }: Fixture, importer: Importer): string[] | null {
  const rows = bytes.toString().trimEnd().split('\n');
  const isLines = importer.layout === undefined && rows.every((row) => isJson(row));
  return isLines && rows[0]?.startsWith('{') === true ? rows : null;
}

function isBinary({ layout }: Importer): boolean {
  return layout?.archive !== undefined || layout?.parquet !== undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function withoutLines(attempts: readonly { line: number }[]): unknown[] {
  return attempts.map(({ line: _, ...attempt }) => attempt);
}

type ReadRow = SourceRow & { error: null };

const ODD_VALUES = [
  null,
  true,
  -1,
  0.5,
  1e300,
  9e15,
  '',
  '\n',
  'x',
  [],
  [null],
  [[]],
  {},
  { a: 1 },
];

/** The value with something else in one place, found by a random walk. */
function withOddValue(value: unknown, rng: Rng): unknown {
  if (rng.below(5) === 0 || typeof value !== 'object' || value === null)
    return rng.pick(ODD_VALUES);
  const keys = Object.keys(value);
  if (keys.length === 0) return rng.pick(ODD_VALUES);
  const key = rng.pick(keys);
  if (Array.isArray(value)) {
    const list: unknown[] = [...(value as unknown[])];
    list[Number(key)] = withOddValue(list[Number(key)], rng);
    return list;
  }
  const record = value as Record<string, unknown>; // objects of JSON have string keys only
  if (rng.below(4) === 0)
    return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
  return { ...record, [key]: withOddValue(record[key], rng) };
}

/** Bytes set, taken out or repeated at random places; the first four stay, else it might be an archive. */
function damage(bytes: Buffer, seed: number): Buffer {
  const rng = createRng('damage', seed);
  const damaged = Buffer.from(bytes);
  for (let i = rng.between(1, 6); i > 0; i -= 1) {
    const at = rng.between(4, damaged.length - 1);
    const kind = rng.below(3);
    if (kind === 0) damaged[at] = rng.pick([0, 10, 34, 44, 48, 58, 91, 92, 93, 123, 125, 255]);
    else if (kind === 1) damaged.copyWithin(at, rng.between(4, damaged.length - 1));
    else damaged.copyWithin(at, at + 1);
  }
  return damaged;
}
