import { expect, test } from 'vitest';
import { fillsDisk, hasSmallMount } from '../faults/full-disk.ts';
import { survivesKills, survivesOutages } from '../faults/faults.ts';

test('workers killed at random moments lose and double nothing', async () => {
  await survivesKills({ kills: 3, files: 2, items: 900, seed: 1 });
}, 900_000);

test('a database that goes away in the middle is waited for', async () => {
  await survivesOutages({ outages: 1, seconds: 4, items: 900 });
}, 900_000);

test.skipIf(!hasSmallMount())('a full disk refuses in words and keeps nothing half', async () => {
  expect(await fillsDisk()).toEqual({
    whenFull: 'insufficient_storage',
    leftOver: 0,
    after: 'stored',
  });
});
