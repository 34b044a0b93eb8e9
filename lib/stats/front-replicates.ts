import { DEFAULT_LEVEL } from './interval.ts';

/** One run under a shared item bootstrap: replicate d of all runs comes from the same resample. */
export interface RunReplicates {
  tokens: Float64Array;
  accuracy: Float64Array;
}

/**
 * How often each run stands on the Pareto front (fewer tokens, more accuracy) over the replicates. Equal points stand there
 * together, as on the front itself.
 */
export function frontProbabilities(runs: readonly RunReplicates[]): number[] {
  const draws = sharedDraws(runs);
  const onFront = new Uint32Array(runs.length);
  const order = runs.map((_, run) => run);
  for (let draw = 0; draw < draws; draw += 1) {
    sortByTokens(order, runs, draw);
    let best = -Infinity;
    let tokensOfBest = NaN;
    for (const run of order) {
      const { tokens, accuracy } = pointOf(runs, run, draw);
      if (accuracy > best || (accuracy === best && tokens === tokensOfBest)) {
        onFront[run] = (onFront[run] ?? 0) + 1;
        best = accuracy;
        tokensOfBest = tokens;
      }
    }
  }
  return Array.from(onFront, (count) => (draws === 0 ? 0 : count / draws));
}

/** What the front attains at a number of tokens. Null: too few replicates have any run that cheap. */
export interface AttainmentPoint {
  tokens: number;
  low: number | null;
  median: number | null;
  high: number | null;
}

/**
 * The confidence band of a front by attainment (Grunert da Fonseca, Fonseca and Hall 2001): `low` is the highest accuracy
 * that the front reaches within the tokens in at least `1 − (1 − level) / 2` of the replicates, `high` in `(1 − level) / 2`.
 */
export function attainmentBand(
  runs: readonly RunReplicates[],
  tokenGrid: readonly number[],
  level: number = DEFAULT_LEVEL,
): AttainmentPoint[] {
  const draws = sharedDraws(runs);
  if (draws === 0) return [];
  const grid = [...tokenGrid].sort((a, b) => a - b);
  const attained = grid.map(() => new Float64Array(draws));
  const order = runs.map((_, run) => run);
  for (let draw = 0; draw < draws; draw += 1) {
    sortByTokens(order, runs, draw);
    let next = 0;
    let best = -Infinity;
    grid.forEach((tokens, column) => {
      for (; next < order.length; next += 1) {
        const point = pointOf(runs, order[next] ?? 0, draw);
        if (point.tokens > tokens) break;
        best = Math.max(best, point.accuracy);
      }
      const cells = attained[column];
      if (cells !== undefined) cells[draw] = best;
    });
  }
  const tail = (1 - level) / 2;
  return grid.map((tokens, column) => {
    const sorted = (attained[column] ?? new Float64Array(0)).sort();
    return {
      tokens,
      low: attainedBy(sorted, 1 - tail),
      median: attainedBy(sorted, 0.5),
      high: attainedBy(sorted, tail),
    };
  });
}

/** The highest value that at least the given share of the ascending values reaches. */
function attainedBy(sorted: Float64Array, share: number): number | null {
  const needed = Math.max(1, Math.ceil(share * sorted.length - 1e-9));
  const value = sorted[sorted.length - needed] ?? -Infinity;
  return Number.isFinite(value) ? value : null;
}

function sharedDraws(runs: readonly RunReplicates[]): number {
  const draws = runs[0]?.tokens.length ?? 0;
  if (runs.some(({ tokens, accuracy }) => tokens.length !== draws || accuracy.length !== draws))
    throw new RangeError('Every run needs the same number of replicates.');
  return draws;
}

function sortByTokens(order: number[], runs: readonly RunReplicates[], draw: number): void {
  order.sort((a, b) => {
    const [p, q] = [pointOf(runs, a, draw), pointOf(runs, b, draw)];
    return p.tokens - q.tokens || q.accuracy - p.accuracy || a - b;
  });
}

function pointOf(
  runs: readonly RunReplicates[],
  run: number,
  draw: number,
): { tokens: number; accuracy: number } {
  const replicates = runs[run];
  return { tokens: replicates?.tokens[draw] ?? 0, accuracy: replicates?.accuracy[draw] ?? 0 };
}
