import type { Rng } from '#lib/rng.ts';
import type { Prune } from './latin-square.ts';

/** How many buildings show along the edges of a square; 0 for a clue that is not given. */
export interface Skyline {
  readonly top: readonly number[];
  readonly bottom: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** Buildings seen from the first one's side: those higher than all before them. */
export function countVisible(heights: readonly number[]): number {
  let seen = 0;
  let highest = 0;
  for (const height of heights) {
    if (height <= highest) continue;
    seen += 1;
    highest = height;
  }
  return seen;
}

export function skylineOf(rows: readonly (readonly number[])[]): Skyline {
  const columns = rows.map((_, at) => rows.map((row) => row[at] ?? 0));
  return {
    top: columns.map(countVisible),
    bottom: columns.map((column) => countVisible(column.toReversed())),
    left: rows.map(countVisible),
    right: rows.map((row) => countVisible(row.toReversed())),
  };
}

/** Orders of the heights as sets of (place, height): the first four places in `low`, the others in `high`. */
interface Orders {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

const LOW_PLACES = 4;
const ordersBySize = new Map<number, ReadonlyMap<number, Orders>>();

/** All orders of 1 to `size`, by the pair of clues that they satisfy (0 for no clue); made once a size. */
function ordersOf(size: number): ReadonlyMap<number, Orders> {
  const known = ordersBySize.get(size);
  if (known !== undefined) return known;
  const lists = new Map<number, { low: number[]; high: number[] }>();
  const order: number[] = [];
  const visit = (used: number): void => {
    if (order.length < size) {
      for (let height = 1; height <= size; height += 1) {
        if (((used >> height) & 1) === 1) continue;
        order.push(height);
        visit(used | (1 << height));
        order.pop();
      }
      return;
    }
    const near = countVisible(order);
    const far = countVisible(order.toReversed());
    let low = 0;
    let high = 0;
    for (const [place, height] of order.entries())
      if (place < LOW_PLACES) low |= 1 << (place * size + height - 1);
      else high |= 1 << ((place - LOW_PLACES) * size + height - 1);
    for (const key of [near * 16 + far, near * 16, far, 0]) {
      const list = lists.get(key) ?? { low: [], high: [] };
      lists.set(key, list);
      list.low.push(low);
      list.high.push(high);
    }
  };
  visit(0);
  const orders = new Map(
    Array.from(lists, ([key, { low, high }]) => [
      key,
      { low: Int32Array.from(low), high: Int32Array.from(high) },
    ]),
  );
  ordersBySize.set(size, orders);
  return orders;
}

const logsBySize = new Map<number, Float64Array>();

/** By near * 16 + far: the logarithm of how many orders show the two clues. */
function logsOf(size: number): Float64Array {
  const known = logsBySize.get(size);
  if (known !== undefined) return known;
  const logs = new Float64Array(256);
  for (const [key, { low }] of ordersOf(size)) logs[key] = Math.log(low.length);
  logsBySize.set(size, logs);
  return logs;
}

/**
 * How much the clues of a square leave open: the sum over its lines of the logarithm of how many orders show that
 * line's two clues. The lower it is, the more likely no other square has the same clues.
 */
function opennessOf(cells: readonly number[], size: number): number {
  const logs = logsOf(size);
  let sum = 0;
  for (let at = 0; at < size; at += 1)
    sum +=
      (logs[cluesOf(cells, at * size, 1, size)] ?? 0) + (logs[cluesOf(cells, at, size, size)] ?? 0);
  return sum;
}

function cluesOf(cells: readonly number[], start: number, step: number, size: number): number {
  let near = 0;
  let far = 0;
  let highest = 0;
  const end = start + step * (size - 1);
  for (let cell = start; cell <= end; cell += step) {
    const height = cells[cell] ?? 0;
    if (height <= highest) continue;
    near += 1;
    highest = height;
  }
  highest = 0;
  for (let cell = end; cell >= start; cell -= step) {
    const height = cells[cell] ?? 0;
    if (height <= highest) continue;
    far += 1;
    highest = height;
  }
  return near * 16 + far;
}

/**
 * Exchanges rows, columns or heights of a Latin square at random, keeping what leaves no more open, until little
 * enough is open or so many exchanges were tried. The square is changed in place.
 */
export function narrowSkyline(
  rng: Rng,
  cells: number[],
  size: number,
  { aim, steps }: { aim: number; steps: number },
): void {
  let openness = opennessOf(cells, size);
  for (let step = 0; step < steps && openness > aim; step += 1) {
    const kind = rng.below(3);
    const a = rng.below(size);
    const swap = { kind, a, b: (a + 1 + rng.below(size - 1)) % size };
    exchange(cells, size, swap);
    const next = opennessOf(cells, size);
    // Every exchange undoes itself.
    if (next > openness) exchange(cells, size, swap);
    else openness = next;
  }
}

interface Swap {
  /** 0 for rows, 1 for columns, 2 for heights. */
  readonly kind: number;
  readonly a: number;
  readonly b: number;
}

function exchange(cells: number[], size: number, { kind, a, b }: Swap): void {
  if (kind === 2) {
    for (let cell = 0; cell < cells.length; cell += 1)
      if (cells[cell] === a + 1) cells[cell] = b + 1;
      else if (cells[cell] === b + 1) cells[cell] = a + 1;
    return;
  }
  const [across, along] = kind === 0 ? [size, 1] : [1, size];
  for (let at = 0; at < size; at += 1) {
    const first = a * across + at * along;
    const second = b * across + at * along;
    const height = cells[first] ?? 0;
    cells[first] = cells[second] ?? 0;
    cells[second] = height;
  }
}

interface Line {
  readonly orders: Orders;
  readonly start: number;
  readonly step: number;
}

const NO_ORDERS: Orders = { low: new Int32Array(0), high: new Int32Array(0) };

/** Leaves in each cell only the heights that some order of its row and some order of its column allow under the clues. */
export function pruneBySkyline(size: number, { top, bottom, left, right }: Skyline): Prune {
  const known = ordersOf(size);
  const lines: Line[] = [];
  const add = (near: number, far: number, start: number, step: number): void => {
    if (near > 0 || far > 0)
      lines.push({ orders: known.get(near * 16 + far) ?? NO_ORDERS, start, step });
  };
  for (let at = 0; at < size; at += 1) {
    add(left[at] ?? 0, right[at] ?? 0, at * size, 1);
    add(top[at] ?? 0, bottom[at] ?? 0, at, size);
  }
  return (domains) => {
    let isChanged = false;
    for (const line of lines) {
      const result = pruneLine(domains, size, line);
      if (result < 0) return -1;
      isChanged ||= result > 0;
    }
    return isChanged ? 1 : 0;
  };
}

function pruneLine(domains: Uint16Array, size: number, { orders, start, step }: Line): -1 | 0 | 1 {
  let low = 0;
  let high = 0;
  for (let place = 0, cell = start; place < size; place += 1, cell += step)
    if (place < LOW_PLACES) low |= (domains[cell] ?? 0) << (place * size);
    else high |= (domains[cell] ?? 0) << ((place - LOW_PLACES) * size);
  const notLow = ~low;
  const notHigh = ~high;
  let anyLow = 0;
  let anyHigh = 0;
  const { length } = orders.low;
  for (let at = 0; at < length; at += 1) {
    const orderLow = orders.low[at] ?? 0;
    const orderHigh = orders.high[at] ?? 0;
    if (((orderLow & notLow) | (orderHigh & notHigh)) !== 0) continue;
    anyLow |= orderLow;
    anyHigh |= orderHigh;
    if (anyLow === low && anyHigh === high) return 0;
  }
  if (anyLow === 0) return -1;
  const all = (1 << size) - 1;
  for (let place = 0, cell = start; place < size; place += 1, cell += step)
    domains[cell] =
      (place < LOW_PLACES ? anyLow >>> (place * size) : anyHigh >>> ((place - LOW_PLACES) * size)) &
      all;
  return 1;
}
