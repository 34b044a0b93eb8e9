import { readdirSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { createRng } from '#lib/rng.ts';
import { tokenizers } from '#lib/tokens/index.ts';

test('every file in lib/tokens is registered under its own name', () => {
  const files = readdirSync('lib/tokens', { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.d.ts'))
    .map((entry) => entry.name.replace(/\.ts$/, ''))
    .filter((name) => !['tokenizer', 'all', 'index'].includes(name));
  expect(tokenizers.all.map((tokenizer) => tokenizer.id)).toEqual(files.sort());
});

describe.each(tokenizers.all)('tokenizer $id', (tokenizer) => {
  test('nothing has no tokens, and something has at most one a byte', async () => {
    const counter = await tokenizer.load();
    expect(counter.count('')).toBe(0);
    for (let seed = 0; seed < 300; seed += 1) {
      const rng = createRng('bytes', seed);
      const points = Array.from({ length: 20 }, () => rng.below(rng.pick([128, 0x3000, 0x110000])));
      const text = String.fromCodePoint(...points);
      const count = counter.count(text);
      expect(count, `seed ${seed}`).toBeGreaterThan(0);
      expect(count, `seed ${seed}`).toBeLessThanOrEqual(Buffer.byteLength(text.normalize('NFC')));
    }
  });

  test('the same text counts the same, whatever was counted before', async () => {
    const text = 'Wait, let me recheck: \\frac{1}{2} + 0.25 = 0.75.\n\n';
    const [warm, cold] = await Promise.all([tokenizer.load(), tokenizer.load()]);
    warm.count('Wait, wait! \\frac{1}{3} Something else entirely. '.repeat(100));
    expect(warm.count(text)).toBe(cold.count(text));
    expect(warm.count(text)).toBe(warm.count(text));
  });

  test('special tokens in a text are plain text', async () => {
    const counter = await tokenizer.load();
    for (const special of ['<|endoftext|>', '<|im_end|>', '<think>']) {
      expect(counter.count(special)).toBeGreaterThan(1);
    }
  });
});
