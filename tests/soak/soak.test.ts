import { expect, test } from 'vitest';
import { importers } from '#lib/importers/index.ts';
import { fillsDisk, hasSmallMount } from '../faults/full-disk.ts';
import { survivesKills, survivesOutages } from '../faults/faults.ts';
import { readMutations } from '../faults/mutations.ts';

const HOURS = 3_600_000;
const seed = Number(process.env.SOAK_SEED ?? Math.floor(Date.now() / 1000));
process.stdout.write(`The seed is ${String(seed)}; SOAK_SEED repeats it.\n`);

test(
  'fifty kills',
  async () => {
    await survivesKills({ kills: 50, files: 12, items: 1_500, seed });
  },
  HOURS,
);

test(
  'outages of a minute',
  async () => {
    await survivesOutages({ outages: 3, seconds: 60, items: 1_500 });
  },
  HOURS,
);

test.each(importers.all)(
  '100,000 damaged files for $id',
  async (importer) => {
    await readMutations(importer, 100_000, seed);
  },
  HOURS,
);

test.skipIf(!hasSmallMount())(
  'a full disk refuses in words and is forgotten when there is room',
  async () => {
    expect(await fillsDisk()).toEqual({
      whenFull: 'insufficient_storage',
      leftOver: 0,
      after: 'stored',
    });
  },
  HOURS,
);
