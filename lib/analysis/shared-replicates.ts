import { createRng } from '#lib/rng.ts';
import { bootstrapColumns } from '#lib/stats/bootstrap.ts';
import type { RunReplicates } from '#lib/stats/front-replicates.ts';
import { pick, sharedItems, type ComparableRun } from './item-columns.ts';

/** More evaluations than this take longer than a reader waits: about two seconds on one processor. */
const MOST_READS = 1.5e9;
const FEWEST_DRAWS = 500;

/** As many draws as asked for, or as many as runs and items leave time for; the answer tells how many. */
export function affordableDraws(draws: number, { runs, items }: { runs: number; items: number }) {
  const affordable = Math.floor(MOST_READS / Math.max(1, 3 * runs * items));
  return Math.min(draws, Math.max(FEWEST_DRAWS, affordable));
}

/**
 * Accuracy and mean length of every run in the same resamples of the items, or why there are none. Equal seeds and equal
 * numbers of items draw equal positions, so that resamples are shared without being kept. A resample in which no item of a
 * run has a length puts the run beyond all others.
 */
export function sharedReplicates(
  runs: readonly ComparableRun[],
  { seed, draws }: { seed: string; draws: number },
): RunReplicates[] | string {
  const [first] = runs;
  if (first === undefined) return 'No run has a length.';
  const count = first.columns.keys.length;
  if (count < 2) return 'One item has no spread between items.';
  const columns: Float64Array[] = [];
  for (const run of runs) {
    const { left, right } = sharedItems(first.columns, run.columns);
    if (left.length !== count || run.columns.keys.length !== count)
      return 'The runs do not answer the same items, so they can not be resampled together.';
    columns.push(pick(run.columns.accuracy, right), ...lengthColumns(run, right));
  }
  const means = bootstrapColumns(columns, () => createRng(seed, 'items'), draws).values();
  const next = () => means.next().value ?? new Float64Array(0);
  return runs.map((run): RunReplicates => {
    const accuracy = next();
    const sums = next();
    if (!run.columns.tokens.some(Number.isNaN)) return { accuracy, tokens: sums };
    const known = next();
    const tokens = sums.map((total, draw) =>
      (known[draw] ?? 0) > 0 ? total / (known[draw] ?? 1) : Infinity,
    );
    return { accuracy, tokens };
  });
}

/** Lengths, and where some are unknown also which are known: the mean is over these. */
function lengthColumns({ columns }: ComparableRun, positions: Uint32Array): Float64Array[] {
  const tokens = pick(columns.tokens, positions);
  if (!tokens.some(Number.isNaN)) return [tokens];
  return [
    tokens.map((mean) => (Number.isNaN(mean) ? 0 : mean)),
    tokens.map((mean) => (Number.isNaN(mean) ? 0 : 1)),
  ];
}
