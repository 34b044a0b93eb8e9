import type { FrontReference } from './hypervolume.ts';

/** A reference corner and where it comes from. */
export interface StatedReference extends FrontReference {
  source: 'asked' | 'benchmark' | 'base-run' | 'first-run';
}

/** What a corner is chosen from: the whole board, before filters. */
export interface ReferenceRow {
  runId: string;
  tokens: number;
  isBase: boolean;
}

/**
 * The corner of hypervolumes. What the benchmark states comes first. Else it is taken from the oldest run, which stays the
 * oldest when others join: the mean length of the first base model, or without one the power of two at or above twice the
 * length of the first run; accuracy 0. Run ids are ordered by their time. Null when no run has a length.
 */
export function chooseReference(
  rows: readonly ReferenceRow[],
  stated: FrontReference | null,
): StatedReference | null {
  if (stated !== null) return { ...stated, source: 'benchmark' };
  const ordered = rows
    .filter(({ tokens }) => tokens > 0)
    .sort((a, b) => (a.runId < b.runId ? -1 : 1));
  const base = ordered.find(({ isBase }) => isBase);
  if (base !== undefined) return { tokens: base.tokens, accuracy: 0, source: 'base-run' };
  const [first] = ordered;
  if (first === undefined) return null;
  const tokens = 2 ** Math.ceil(Math.log2(2 * first.tokens));
  return { tokens, accuracy: 0, source: 'first-run' };
}
