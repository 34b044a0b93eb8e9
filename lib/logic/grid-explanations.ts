import { GRID_RULES, type Grid, type GridRule } from './grid-rules.ts';

export interface Pair {
  readonly input: Grid;
  readonly output: Grid;
}

/** Rules applied one after the other, with a change of colours at the end where `colours` is not null. */
export interface Explanation {
  readonly rules: readonly GridRule[];
  readonly colours: readonly number[] | null;
}

const KEEP: GridRule = {
  name: 'keep',
  isMove: true,
  size: (height, width) => [height, width],
  apply: (grid) => grid.map((row) => [...row]),
};

export function applyRules(rules: readonly GridRule[], grid: Grid): Grid | null {
  let current: Grid | null = grid;
  for (const rule of rules) current = current === null ? null : rule.apply(current);
  return current;
}

export function isSameGrid(a: Grid, b: Grid): boolean {
  return (
    a.length === b.length &&
    a.every((row, r) => row.length === b[r]?.length && row.every((cell, c) => cell === b[r]?.[c]))
  );
}

/**
 * Every explanation of all the pairs by up to two rules of the library (`depth` 3 adds a third one) and a change of
 * colours. `visit` returns true to stop.
 */
export function explain(
  pairs: readonly Pair[],
  depth: 1 | 2 | 3,
  visit: (explanation: Explanation) => boolean,
): void {
  const [first] = pairs;
  if (first === undefined) return;
  const target = { grid: first.output, counts: countsOf(first.output) };
  const walk = (rules: readonly GridRule[], grid: Grid): boolean => {
    const left = depth - rules.length;
    const isMoveNeeded = left === 1;
    const counts = isMoveNeeded ? countsOf(grid) : '';
    for (const rule of [KEEP, ...GRID_RULES]) {
      // "Keep" only ends a sequence.
      const isLast = left === 1 || rule === KEEP;
      if (isLast) {
        const size = rule.size(grid.length, grid[0]?.length ?? 0);
        if (size !== null && (size[0] !== target.grid.length || size[1] !== target.grid[0]?.length))
          continue;
        if (rule.isMove && isMoveNeeded && counts !== target.counts) continue;
      }
      const next = rule.apply(grid);
      if (next === null) continue;
      const sequence = rule === KEEP ? rules : [...rules, rule];
      if (isLast) {
        const found = fit(sequence, next, pairs);
        if (found !== null && visit(found)) return true;
      } else if (walk(sequence, next)) return true;
    }
    return false;
  };
  walk([], first.input);
}

/** How often the colours occur, regardless of which they are. */
function countsOf(grid: Grid): string {
  const counts = new Uint16Array(10);
  for (const row of grid) for (const cell of row) counts[cell] = (counts[cell] ?? 0) + 1;
  return counts.sort().join(',');
}

/** The sequence with the change of colours that makes it fit all pairs; null when there is none. */
function fit(rules: readonly GridRule[], first: Grid, pairs: readonly Pair[]): Explanation | null {
  const colours = Array.from({ length: 10 }, () => -1);
  for (const [index, { input, output }] of pairs.entries()) {
    const result = index === 0 ? first : applyRules(rules, input);
    if (result?.length !== output.length) return null;
    for (const [r, row] of result.entries()) {
      const wanted = output[r] ?? [];
      if (row.length !== wanted.length) return null;
      for (const [c, cell] of row.entries()) {
        const known = colours[cell] ?? -1;
        const colour = wanted[c] ?? -1;
        if (known !== -1 && known !== colour) return null;
        colours[cell] = colour;
      }
    }
  }
  const isChanged = colours.some((colour, cell) => colour !== -1 && colour !== cell);
  const seen = colours.filter((colour) => colour !== -1);
  // Colours are exchanged one for one; a map that merges two is no change of colours.
  if (new Set(seen).size !== seen.length) return null;
  return { rules, colours: isChanged ? colours : null };
}

/** What an explanation gives for another grid; null where it says nothing. */
export function predict({ rules, colours }: Explanation, input: Grid): Grid | null {
  const result = applyRules(rules, input);
  if (result === null || colours === null) return result;
  const mapped = result.map((row) => row.map((cell) => colours[cell] ?? -1));
  return mapped.flat().includes(-1) ? null : mapped;
}
