import { expect, test } from 'vitest';
import { isInRegion, readRegion, writeRegion } from '#app/_charts/region.ts';

const region = { tokens: [200, 1500], accuracy: [0.31, 0.6] } as const;

test('both ends belong to a region, what has no place does not', () => {
  expect(isInRegion(region, { tokens: 200, accuracy: 0.6 })).toBe(true);
  expect(isInRegion(region, { tokens: 1500.1, accuracy: 0.5 })).toBe(false);
  expect(isInRegion(region, { tokens: 700, accuracy: 0.3 })).toBe(false);
  expect(isInRegion(region, { tokens: null, accuracy: 0.5 })).toBe(false);
  expect(isInRegion(region, { tokens: 700, accuracy: null })).toBe(false);
});

test('an address gives the region back that was written into it', () => {
  expect(writeRegion(region)).toBe('200~1500~0.31~0.6');
  expect(readRegion(writeRegion(region))).toEqual(region);
});

test.each(['', '1~2~3', '1~2~3~', '1~2~x~3', '5~2~0~1', '1~2~0.9~0.1', '1~2~3~4~5'])(
  'the address %j names no region',
  (text) => {
    expect(readRegion(text)).toBeNull();
  },
);
