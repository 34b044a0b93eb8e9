import { expect, test } from 'vitest';
import { importers } from '#lib/importers/index.ts';
import { inputFiles, readMutations } from '../../faults/mutations.ts';

test.each(importers.all)('$id answers every damaged file', async (importer) => {
  expect(inputFiles(importer).length).toBeGreaterThan(1);
  await readMutations(importer, 250, 1);
});
