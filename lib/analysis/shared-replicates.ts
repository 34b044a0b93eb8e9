import { createRng } from '#lib/rng.ts';
import { bootstrapColumns, drawSeed } from '#lib/stats/bootstrap.ts';
import type { RunReplicates } from '#lib/stats/front-replicates.ts';
import { pick, sharedItems, type ItemColumns } from './item-columns.ts';

/** A run, or the runs that stand for one method over several benchmarks: one part a benchmark, in one order for all. */
export interface ResampledRun {
  id: string;
  parts: readonly ItemColumns[];
}

/**
 * Replicates of every run from one item bootstrap that all share, so that hard draws are hard for all. Benchmarks are
 * resampled by themselves and averaged with equal weight. Or why there are none.
 */
export function sharedReplicates(
  runs: readonly ResampledRun[],
  { seed, draws }: { seed: string; draws: number },
): RunReplicates[] | string {
  const [first] = runs;
  if (first === undefined) return 'No run here has both outputs and lengths to resample.';
  const replicates = runs.map(() => ({
    accuracy: new Float64Array(draws),
    tokens: new Float64Array(draws),
  }));
  for (const [part, reference] of first.parts.entries()) {
    const items = reference.keys.length;
    if (items < 2) return 'One item has no spread between items.';
    const aligned: AlignedColumns[] = [];
    for (const run of runs) {
      const columns = alignColumns(run.parts[part], reference);
      if (columns === null)
        return 'The runs do not answer the same items, so they can not be resampled together.';
      aligned.push(columns);
    }
    const means = bootstrapColumns(
      aligned.flatMap(({ accuracy, tokens, known }) =>
        known === null ? [accuracy, tokens] : [accuracy, tokens, known],
      ),
      drawSeed(createRng(seed, 'items', part)),
      draws,
    );
    let next = 0;
    for (const [run, { known }] of aligned.entries()) {
      const own = means.slice(next, (next += known === null ? 2 : 3));
      const target = replicates[run];
      if (target !== undefined) addMeans(target, own, 1 / first.parts.length);
    }
  }
  return replicates;
}

interface AlignedColumns {
  accuracy: Float64Array;
  /** 0 where unknown. */
  tokens: Float64Array;
  /** 1 or 0; null when every length is known. */
  known: Float64Array | null;
}

function alignColumns(
  columns: ItemColumns | undefined,
  reference: ItemColumns,
): AlignedColumns | null {
  if (columns?.keys.length !== reference.keys.length) return null;
  const { right } = sharedItems(reference, columns);
  if (right.length !== reference.keys.length) return null;
  const tokens = pick(columns.tokens, right);
  const isComplete = !tokens.some((mean) => Number.isNaN(mean));
  return {
    accuracy: pick(columns.accuracy, right),
    tokens: isComplete ? tokens : tokens.map((mean) => (Number.isNaN(mean) ? 0 : mean)),
    known: isComplete ? null : tokens.map((mean) => (Number.isNaN(mean) ? 0 : 1)),
  };
}

/** A resample without any known length costs infinitely much: it can not be on the front. */
function addMeans(
  target: RunReplicates,
  [accuracy, tokens, known]: readonly Float64Array[],
  weight: number,
): void {
  for (let draw = 0; draw < target.accuracy.length; draw += 1) {
    const share = known === undefined ? 1 : (known[draw] ?? 0);
    const length = share === 0 ? Infinity : (tokens?.[draw] ?? 0) / share;
    target.accuracy[draw] = (target.accuracy[draw] ?? 0) + weight * (accuracy?.[draw] ?? 0);
    target.tokens[draw] = (target.tokens[draw] ?? 0) + weight * length;
  }
}
