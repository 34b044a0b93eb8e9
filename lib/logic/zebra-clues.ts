/** A value by the number of its attribute and its number within it. */
export type Thing = readonly [attribute: number, value: number];

/**
 * `same`, `left` (somewhere to the left), `direct-left` (the house just to the left), `next` (neighbours), `apart`
 * (not the same house), `one-between` (exactly one house between); `at` and `not-at` name a house, from 0; `between`:
 * the first lies somewhere between the other two.
 */
export type Clue =
  | {
      readonly kind: 'same' | 'left' | 'direct-left' | 'next' | 'apart' | 'one-between';
      readonly a: Thing;
      readonly b: Thing;
    }
  | { readonly kind: 'at' | 'not-at'; readonly a: Thing; readonly house: number }
  | { readonly kind: 'between'; readonly a: Thing; readonly b: Thing; readonly c: Thing };

/** The house of each value, from 0: `places[attribute][value]`. */
export type Places = readonly (readonly number[])[];

export function holds(clue: Clue, places: Places): boolean {
  const at = ([attribute, value]: Thing) => places[attribute]?.[value] ?? -1;
  const a = at(clue.a);
  switch (clue.kind) {
    case 'at':
      return a === clue.house;
    case 'not-at':
      return a !== clue.house;
    case 'between': {
      const [b, c] = [at(clue.b), at(clue.c)];
      return (b < a && a < c) || (c < a && a < b);
    }
    case 'same':
      return a === at(clue.b);
    case 'apart':
      return a !== at(clue.b);
    case 'left':
      return a < at(clue.b);
    case 'direct-left':
      return a + 1 === at(clue.b);
    case 'next':
      return Math.abs(a - at(clue.b)) === 1;
    case 'one-between':
      return Math.abs(a - at(clue.b)) === 2;
  }
}

export interface ZebraSearch {
  readonly count: number;
  readonly nodes: number;
  readonly solutions: readonly Places[];
}

const MAX_NODES = 2000;

/** Sets of houses for each value, narrowed by the clues and by "each house has one value of each attribute". */
export function searchZebra(
  houses: number,
  attributes: number,
  clues: readonly Clue[],
  limit: number,
): ZebraSearch {
  const all = (1 << houses) - 1;
  const solutions: Places[] = [];
  let nodes = 0;

  const visit = (domains: Uint8Array): void => {
    nodes += 1;
    if (nodes > MAX_NODES || !settle(domains, houses, clues)) return;
    let best = -1;
    let fewest = 99;
    for (let at = 0; at < domains.length; at += 1) {
      const bits = domains[at] ?? 0;
      if ((bits & (bits - 1)) === 0) continue;
      let total = 0;
      for (let rest = bits; rest !== 0; rest &= rest - 1) total += 1;
      if (total < fewest) {
        fewest = total;
        best = at;
        if (total === 2) break;
      }
    }
    if (best === -1) {
      solutions.push(
        Array.from({ length: attributes }, (_, attribute) =>
          Array.from(
            domains.subarray(attribute * houses, (attribute + 1) * houses),
            (bits) => 31 - Math.clz32(bits),
          ),
        ),
      );
      return;
    }
    for (let rest = domains[best] ?? 0; rest !== 0; rest &= rest - 1) {
      const next = domains.slice();
      next[best] = rest & -rest;
      visit(next);
      if (solutions.length >= limit) return;
    }
  };
  visit(new Uint8Array(houses * attributes).fill(all));
  // A search that was cut off proves nothing.
  const count = nodes > MAX_NODES ? limit : solutions.length;
  return { count, nodes, solutions };
}

/** Draws conclusions until nothing changes; false for a contradiction. */
function settle(domains: Uint8Array, houses: number, clues: readonly Clue[]): boolean {
  for (let before = -1, now = total(domains); now !== before; now = total(domains)) {
    before = now;
    for (const clue of clues) if (!applyClue(domains, houses, clue)) return false;
    for (let start = 0; start < domains.length; start += houses)
      if (!settleAttribute(domains, start, houses)) return false;
  }
  return true;
}

function total(domains: Uint8Array): number {
  // Domains only shrink, so that their sum tells whether one did.
  let sum = 0;
  for (const bits of domains) sum += bits;
  return sum;
}

function settleAttribute(domains: Uint8Array, start: number, houses: number): boolean {
  let once = 0;
  let twice = 0;
  let fixed = 0;
  for (let at = start; at < start + houses; at += 1) {
    const bits = domains[at] ?? 0;
    if (bits === 0) return false;
    twice |= once & bits;
    once |= bits;
    if ((bits & (bits - 1)) === 0) {
      if ((fixed & bits) !== 0) return false;
      fixed |= bits;
    }
  }
  if (once !== (1 << houses) - 1) return false;
  const single = once & ~twice;
  for (let at = start; at < start + houses; at += 1) {
    const bits = domains[at] ?? 0;
    if ((bits & (bits - 1)) === 0) continue;
    const only = bits & single;
    if ((only & (only - 1)) !== 0) return false;
    domains[at] = only === 0 ? bits & ~fixed : only;
  }
  return true;
}

/** Narrows the values of one clue; false when one of them has no house left. */
function applyClue(domains: Uint8Array, houses: number, clue: Clue): boolean {
  const at = clue.a[0] * houses + clue.a[1];
  const a = domains[at] ?? 0;
  if ('house' in clue) {
    const house = 1 << clue.house;
    return (domains[at] = clue.kind === 'at' ? a & house : a & ~house) !== 0;
  }
  const other = clue.b[0] * houses + clue.b[1];
  const b = domains[other] ?? 0;
  if (clue.kind === 'between') {
    const third = clue.c[0] * houses + clue.c[1];
    const c = domains[third] ?? 0;
    const outer = b | c;
    const low = outer & -outer;
    const high = 1 << (31 - Math.clz32(outer));
    // Strictly inside the widest span that the two can make.
    const inner = (high - 1) & ~((low << 1) - 1);
    const next = a & inner;
    domains[at] = next;
    if ((next & (next - 1)) === 0 && next !== 0) {
      const below = next - 1;
      const above = ~((next << 1) - 1);
      // One of the two on each side.
      const isLeft = (b & below) !== 0 && (c & above) !== 0;
      const isRight = (b & above) !== 0 && (c & below) !== 0;
      domains[other] = b & ((isLeft ? below : 0) | (isRight ? above : 0));
      domains[third] = c & ((isLeft ? above : 0) | (isRight ? below : 0));
      return (domains[other] ?? 0) !== 0 && (domains[third] ?? 0) !== 0;
    }
    return next !== 0;
  }
  let nextA = a;
  let nextB = b;
  switch (clue.kind) {
    case 'same':
      nextA = a & b;
      nextB = nextA;
      break;
    case 'apart':
      if ((b & (b - 1)) === 0) nextA = a & ~b;
      if ((a & (a - 1)) === 0) nextB = b & ~a;
      break;
    case 'left':
      nextA = a & ((1 << (31 - Math.clz32(b))) - 1);
      nextB = b & ~(((a & -a) << 1) - 1);
      break;
    case 'direct-left':
      nextA = a & (b >> 1);
      nextB = b & (a << 1);
      break;
    case 'next':
      nextA = a & ((b << 1) | (b >> 1));
      nextB = b & ((a << 1) | (a >> 1));
      break;
    case 'one-between':
      nextA = a & ((b << 2) | (b >> 2));
      nextB = b & ((a << 2) | (a >> 2));
      break;
  }
  domains[at] = nextA;
  domains[other] = nextB;
  return nextA !== 0 && nextB !== 0;
}
