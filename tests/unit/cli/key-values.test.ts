import { expect, test } from 'vitest';
import { parseKeyValues } from '#scripts/key-values.ts';
import { UsageError } from '#scripts/run-script.ts';

test.each([
  ['alpha=0.5', { alpha: 0.5 }],
  ['step=-3e2', { step: -300 }],
  ['warm=true', { warm: true }],
  ['stage=two', { stage: 'two' }],
  ['revision=007', { revision: '007' }],
  ['note=a=b', { note: 'a=b' }],
  ['empty=', { empty: '' }],
])('%s is read as what it looks like', (entry, expected) => {
  expect(parseKeyValues('param', [entry])).toEqual(expected);
});

test.each([[['alpha']], [['=1']], [['a=1', 'a=2']]])('%j is refused with the flag', (entries) => {
  expect(() => parseKeyValues('param', entries)).toThrow(UsageError);
  expect(() => parseKeyValues('param', entries)).toThrow('--param');
});
