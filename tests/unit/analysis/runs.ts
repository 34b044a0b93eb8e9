import { columnsOfSamples, type ComparableRun } from '#lib/analysis/item-columns.ts';
import type { RunSamples } from '#lib/metrics/run/run-samples.ts';

export function comparable(
  id: string,
  samples: RunSamples,
  lengthColumn: string | null = 'o200k',
): ComparableRun {
  return { id, label: id, lengthColumn, columns: columnsOfSamples(samples) };
}
