import { GRID_RULES, type GridRule, type Raster } from './grid-rules.ts';

export interface RasterPair {
  readonly input: Raster;
  readonly output: Raster;
}

/** Rules applied one after the other, with a change of colours at the end where `colours` is not null. */
export interface Explanation {
  readonly rules: readonly GridRule[];
  readonly colours: readonly number[] | null;
}

export function applyRules(rules: readonly GridRule[], raster: Raster): Raster | null {
  let current: Raster | null = raster;
  for (const rule of rules) current = current === null ? null : rule.apply(current);
  return current;
}

export function isSameRaster(a: Raster, b: Raster): boolean {
  if (a.height !== b.height || a.width !== b.width) return false;
  for (let at = 0; at < a.cells.length; at += 1) if (a.cells[at] !== b.cells[at]) return false;
  return true;
}

/** A beginning of a sequence of rules with what it makes of each pair's input, worked out when it is asked for. */
interface Prefix {
  readonly rules: readonly GridRule[];
  readonly before: Prefix | null;
  readonly grids: (Raster | null | undefined)[];
}

/**
 * Every explanation of all the pairs by up to two rules of the library (`depth` 3 adds a third one) and a change of
 * colours. `visit` returns true to stop.
 */
export function explain(
  pairs: readonly RasterPair[],
  depth: 1 | 2 | 3,
  visit: (explanation: Explanation) => boolean,
): void {
  const [first] = pairs;
  if (first === undefined) return;
  const { output } = first;
  const { height, width } = output;
  const wanted = countsOf(output);

  const gridOf = (prefix: Prefix, pair: number): Raster | null => {
    const known = prefix.grids[pair];
    if (known !== undefined) return known;
    const rule = prefix.rules.at(-1);
    const before =
      prefix.before === null ? (pairs[pair]?.input ?? null) : gridOf(prefix.before, pair);
    const grid = before === null || rule === undefined ? before : rule.apply(before);
    prefix.grids[pair] = grid;
    return grid;
  };
  /** The change of colours that makes the prefix and, if given, one more rule fit all pairs; false when there is none. */
  const fit = (prefix: Prefix, rule: GridRule | null): readonly number[] | null | false => {
    COLOURS.fill(-1);
    for (let pair = 0; pair < pairs.length; pair += 1) {
      const raster = gridOf(prefix, pair);
      const wantedNow = pairs[pair]?.output;
      if (raster === null || wantedNow === undefined) return false;
      if (!mapRule(raster, rule, wantedNow)) return false;
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
    if (isCounted && grid.height === height && grid.width === width) {
      const colours = fit(prefix, null);
      if (colours !== false && visit({ rules: prefix.rules, colours })) return true;
    }
    for (const rule of GRID_RULES) {
      if (isLast) {
        if (rule.isMove && !isCounted) continue;
        const colours = fit(prefix, rule);
        if (colours !== false && visit({ rules: [...prefix.rules, rule], colours })) return true;
      } else if (walk({ rules: [...prefix.rules, rule], before: prefix, grids: [] })) return true;
    }
    return false;
  };
  walk({ rules: [], before: null, grids: [] });
}

/** How often the colours occur, regardless of which they are: equal grids of moved cells have equal numbers. */
function countsOf({ cells }: Raster): number {
  COUNTS.fill(0);
  for (const cell of cells) COUNTS[cell] = (COUNTS[cell] ?? 0) + 1;
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

/** Whether the rule makes each colour of the grid stand for one colour of the output, in line with the pairs before. */
function mapRule(raster: Raster, rule: GridRule | null, output: Raster): boolean {
  if (rule === null) return mapColours(raster, output);
  const size = rule.size(raster.height, raster.width);
  if (size !== null && (size[0] !== output.height || size[1] !== output.width)) return false;
  if (rule.sources === null) {
    const made = rule.apply(raster);
    return made !== null && mapColours(made, output);
  }
  // Where the rule only places cells, nothing is made: nearly all rules fail at one of the first cells.
  const sources = rule.sources(raster.height, raster.width);
  for (let at = 0; at < sources.length; at += 1)
    if (!mapCell(raster.cells[sources[at] ?? 0] ?? 0, output.cells[at] ?? -1)) return false;
  return true;
}

function mapColours(made: Raster, output: Raster): boolean {
  if (made.height !== output.height || made.width !== output.width) return false;
  for (let at = 0; at < made.cells.length; at += 1)
    if (!mapCell(made.cells[at] ?? 0, output.cells[at] ?? -1)) return false;
  return true;
}

function mapCell(cell: number, colour: number): boolean {
  const known = COLOURS[cell] ?? -1;
  if (known === -1) COLOURS[cell] = colour;
  return known === -1 || known === colour;
}

/** What an explanation gives for another grid; null where it says nothing. */
export function predict({ rules, colours }: Explanation, input: Raster): Raster | null {
  const result = applyRules(rules, input);
  if (result === null || colours === null) return result;
  const cells = result.cells.map((cell) => colours[cell] ?? -1);
  return cells.includes(-1) ? null : { ...result, cells };
}
