import { expect, test } from 'vitest';

import { decodeFrame, encodeFrame } from '#lib/ingest/frames.ts';
import { createItemKeys, questionKey } from '#lib/ingest/item-key.ts';

test.each(['', 'a', 'ünï😀', 'wait '.repeat(10_000)])('a stored text comes back', (text) => {
  const frame = encodeFrame(text);
  expect(frame.length).toBeGreaterThan(0);
  expect(decodeFrame(frame)).toBe(text);
});

test('no text stays no text', () => {
  expect(encodeFrame(null)).toBeNull();
  expect(decodeFrame(null)).toBeNull();
});

test('a damaged frame throws', () => {
  expect(() => decodeFrame(Buffer.from('no frame'))).toThrow();
});

test('the question key ignores form and keeps meaning', () => {
  const key = questionKey('What is  2+3?\r\n', null);
  expect(key).toBe('qf574924a4d93e5f1f0f6eb831c6cbd76');
  expect(questionKey(' What is 2+3?', null)).toBe(key);
  expect(questionKey('caf\u0065\u0301', null)).toBe(questionKey('caf\u00e9', null));
  expect(questionKey('what is 2+3?', null)).not.toBe(key);
  expect(questionKey('What is 2+3?', ['5', '6'])).not.toBe(key);
  expect(questionKey('Q', ['a b'])).not.toBe(questionKey('Q', ['a', 'b']));
});

test('equal questions get an ordinal, samples of one question do not', () => {
  const keyOf = createItemKeys();
  const item = { key: null, prompt: 'Which is right?', choices: null };
  const key = questionKey(item.prompt, null);
  expect([0, 1, 2].map((sample) => keyOf(item, sample))).toEqual([key, key, key]);
  expect([0, 1, 2].map((sample) => keyOf(item, sample))).toEqual([
    `${key}-2`,
    `${key}-2`,
    `${key}-2`,
  ]);
  expect(keyOf({ ...item, key: 'aime-1' }, 0)).toBe('aime-1');
  expect(keyOf({ ...item, prompt: null }, 0)).toBeNull();
});
