import { createRng } from '#lib/rng.ts';
import { resampleItems, type ItemResamples } from '#lib/stats/bootstrap.ts';
import type { RunReplicates } from '#lib/stats/front-replicates.ts';
import { pick, sharedItems, type ItemColumns } from './item-columns.ts';

/** A run, or the runs that stand for one method over several benchmarks: one part a benchmark, in one order for all. */
export interface ResampledRun {
  id: string;
  parts: readonly ItemColumns[];
}

/** Resampled positions held at a time: a million items of all draws at once would not fit. */
const BLOCK_CELLS = 4_000_000;

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
    const rng = createRng(seed, 'items', part);
    const block = Math.max(1, Math.floor(BLOCK_CELLS / items));
    for (let from = 0; from < draws; from += block) {
      const resamples = resampleItems(items, rng, Math.min(block, draws - from));
      aligned.forEach((columns, run) => {
        const target = replicates[run];
        if (target !== undefined)
          addMeans(target, columns, { resamples, from, weight: 1 / first.parts.length });
      });
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
  { accuracy, tokens, known }: AlignedColumns,
  { resamples, from, weight }: { resamples: ItemResamples; from: number; weight: number },
): void {
  const { items, draws, indices } = resamples;
  for (let draw = 0, next = 0; draw < draws; draw += 1) {
    let correct = 0;
    let length = 0;
    let count = known === null ? items : 0;
    for (const end = next + items; next < end; next += 1) {
      const item = indices[next] ?? 0;
      correct += accuracy[item] ?? 0;
      length += tokens[item] ?? 0;
      if (known !== null) count += known[item] ?? 0;
    }
    const at = from + draw;
    target.accuracy[at] = (target.accuracy[at] ?? 0) + (weight * correct) / items;
    target.tokens[at] =
      (target.tokens[at] ?? 0) + (count === 0 ? Infinity : (weight * length) / count);
  }
}
