import { bootstrapColumns, createFiller, type ResampleSeed } from '#lib/stats/bootstrap.ts';
import type { Reduction } from './reduction.ts';

/**
 * Every figure again for resampled items, NaN where a resample does not define it. Figures over equally many items meet the
 * same resamples, so that replicates may be subtracted from each other.
 */
export function replicate(
  reductions: readonly Reduction[],
  seed: ResampleSeed,
  draws: number,
): Float64Array[] {
  const shared = new SharedMeans(reductions, seed, draws);
  return reductions.map((reduction) => {
    if (reduction.items === 0) return new Float64Array(draws).fill(Number.NaN);
    const { means } = reduction;
    if (means === undefined) return evaluateEach(reduction, seed, draws);
    const columns = means.columns.map((column) => shared.of(column));
    const row = columns.map(() => 0);
    return Float64Array.from({ length: draws }, (_, draw) => {
      columns.forEach((column, index) => (row[index] = column[draw] ?? Number.NaN));
      return means.combine(row) ?? Number.NaN;
    });
  });
}

/** Resampled means of the columns of all figures. Equal columns, such as who was right, are resampled once. */
class SharedMeans {
  private readonly found = new Map<Float64Array, Float64Array>();

  constructor(reductions: readonly Reduction[], seed: ResampleSeed, draws: number) {
    const all = new Set(reductions.flatMap(({ means }) => means?.columns ?? []));
    const alike = Map.groupBy(all, fingerprint);
    const groups = [...alike.values()].flatMap(groupEqual);
    for (const sameLength of Map.groupBy(groups, ([first]) => first?.length ?? 0).values()) {
      const firsts = sameLength.map(([first = new Float64Array(0)]) => first);
      const means = bootstrapColumns(firsts, seed, draws);
      sameLength.forEach((equal, index) => {
        for (const column of equal) this.found.set(column, means[index] ?? new Float64Array(0));
      });
    }
  }

  of(column: Float64Array): Float64Array {
    const means = this.found.get(column);
    if (means === undefined) throw new RangeError('This column was not resampled.');
    return means;
  }
}

/** Equal for equal columns, and rarely for others. */
function fingerprint(column: Float64Array): string {
  let sum = 0;
  for (let i = 0; i < column.length; i += 1) sum += (column[i] ?? 0) * ((i % 97) + 1);
  return `${String(column.length)} ${String(sum)}`;
}

function groupEqual(columns: readonly Float64Array[]): Float64Array[][] {
  const groups: Float64Array[][] = [];
  for (const column of columns) {
    const group = groups.find(([first]) => first?.every((value, i) => value === column[i]));
    if (group === undefined) groups.push([column]);
    else group.push(column);
  }
  return groups;
}

function evaluateEach(reduction: Reduction, seed: ResampleSeed, draws: number): Float64Array {
  const fill = createFiller(reduction.items, seed);
  const positions = new Uint32Array(reduction.items);
  return Float64Array.from({ length: draws }, () => {
    fill(positions);
    return reduction.evaluate(positions) ?? Number.NaN;
  });
}
