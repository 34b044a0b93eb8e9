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

/** A beginning of a sequence of rules with what it makes of each pair's input, worked out when it is asked for. */
interface Prefix {
  readonly rules: readonly GridRule[];
  readonly before: Prefix | null;
  readonly grids: (Grid | null | undefined)[];
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
  const { output } = first;
  const [height, width] = [output.length, output[0]?.length ?? 0];
  const wanted = countsOf(output);

  const gridOf = (prefix: Prefix, pair: number): Grid | null => {
    const known = prefix.grids[pair];
    if (known !== undefined) return known;
    const rule = prefix.rules.at(-1);
    const before =
      prefix.before === null ? (pairs[pair]?.input ?? null) : gridOf(prefix.before, pair);
    const grid = before === null || rule === undefined ? before : rule.apply(before);
    prefix.grids[pair] = grid;
    return grid;
  };
  /** The change of colours that makes the prefix and one more rule fit all pairs; false when there is none. */
  const fit = (
    prefix: Prefix,
    rule: GridRule | null,
    made: Grid,
  ): readonly number[] | null | false => {
    COLOURS.fill(-1);
    if (!mapColours(made, output)) return false;
    for (let pair = 1; pair < pairs.length; pair += 1) {
      const grid = gridOf(prefix, pair);
      const result = grid === null || rule === null ? grid : rule.apply(grid);
      if (result === null || !mapColours(result, pairs[pair]?.output ?? [])) return false;
    }
    let seen = 0;
    let isChanged = false;
    for (let cell = 0; cell < 10; cell += 1) {
      const colour = COLOURS[cell] ?? -1;
      if (colour === -1) continue;
      // Colours are exchanged one for one; a map that merges two is no change of colours.
      if (((seen >> colour) & 1) === 1) return false;
      seen |= 1 << colour;
      if (colour !== cell) isChanged = true;
    }
    return isChanged ? Array.from(COLOURS) : null;
  };
  const walk = (prefix: Prefix): boolean => {
    const grid = gridOf(prefix, 0);
    if (grid === null) return false;
    const isLast = prefix.rules.length === depth - 1;
    const isCounted = !isLast || countsOf(grid) === wanted;
    // The sequence may end here.
    if (isCounted && grid.length === height && grid[0]?.length === width) {
      const colours = fit(prefix, null, grid);
      if (colours !== false && visit({ rules: prefix.rules, colours })) return true;
    }
    for (const rule of GRID_RULES) {
      if (isLast) {
        if (rule.isMove && !isCounted) continue;
        const size = rule.size(grid.length, grid[0]?.length ?? 0);
        if (size !== null && (size[0] !== height || size[1] !== width)) continue;
        const made = rule.apply(grid);
        if (made?.length !== height || made[0]?.length !== width) continue;
        const colours = fit(prefix, rule, made);
        if (colours !== false && visit({ rules: [...prefix.rules, rule], colours })) return true;
      } else if (walk({ rules: [...prefix.rules, rule], before: prefix, grids: [] })) return true;
    }
    return false;
  };
  walk({ rules: [], before: null, grids: [] });
}

/** How often the colours occur, regardless of which they are: equal grids of moved cells have equal numbers. */
function countsOf(grid: Grid): number {
  COUNTS.fill(0);
  for (const row of grid) for (const cell of row) COUNTS[cell] = (COUNTS[cell] ?? 0) + 1;
  let sum = 0;
  for (let cell = 0; cell < 10; cell += 1) {
    const count = COUNTS[cell] ?? 0;
    sum = (sum + Math.imul(count, count) * (count + 7)) | 0;
  }
  return sum;
}

const COUNTS = new Uint16Array(10);
/** What each colour of the grids compared so far becomes; -1 for one that was not seen. */
const COLOURS = new Int8Array(10);

/** Whether each colour of the one grid stands for one colour of the other, in line with the pairs before. */
function mapColours(made: Grid, output: Grid): boolean {
  if (made.length !== output.length) return false;
  for (let r = 0; r < made.length; r += 1) {
    const row = made[r] ?? [];
    const wanted = output[r] ?? [];
    if (row.length !== wanted.length) return false;
    for (let c = 0; c < row.length; c += 1) {
      const cell = row[c] ?? 0;
      const colour = wanted[c] ?? -1;
      const known = COLOURS[cell] ?? -1;
      if (known === -1) COLOURS[cell] = colour;
      else if (known !== colour) return false;
    }
  }
  return true;
}

/** What an explanation gives for another grid; null where it says nothing. */
export function predict({ rules, colours }: Explanation, input: Grid): Grid | null {
  const result = applyRules(rules, input);
  if (result === null || colours === null) return result;
  const mapped = result.map((row) => row.map((cell) => colours[cell] ?? -1));
  return mapped.flat().includes(-1) ? null : mapped;
}
