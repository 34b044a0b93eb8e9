import { z } from 'zod';
import type { Rng } from '#lib/rng.ts';
import { finalText } from './final-text.ts';
import { findLastLiteral, itemsOf, toWhole } from './find-literal.ts';
import { cellsOf } from './grid-cells.ts';
import { canLeave, gridNeighbours } from './grid-neighbours.ts';
import { defineTask, RIGHT, wrong, type Check } from './logic-task.ts';
import { countWordings, gridText, renderWording, type Wordings } from './prompt.ts';
import type { PyValue } from './python-literal.ts';
import { numbersOf, textGridOf } from './row-fields.ts';

const Params = z.strictObject({
  size: z.int().min(4).max(12),
  /** Cells that belong to no region and must be covered. */
  shadows: z.int().min(0).max(12),
});
type Params = z.infer<typeof Params>;

/** Two cells, counted from 0 in reading order. */
type Domino = readonly [number, number];

interface Instance {
  readonly size: number;
  /** The region of each cell; `X` for a shadow. */
  readonly regions: readonly string[];
  readonly solution: readonly Domino[] | null;
}

interface Shown {
  readonly size: number;
  readonly grid: string;
}

const wordings: Wordings<Shown> = {
  en: [
    ({
      size,
      grid,
    }) => `Norinori on a ${size} x ${size} board. Cells with the same letter form a region; X marks shadow cells, which belong to no region.
${grid}

Place dominoes, each covering two horizontally or vertically neighbouring cells, such that
- every region has exactly two covered cells (they may belong to different dominoes, and a domino may lie across a border),
- every X is covered,
- no two dominoes overlap or share an edge (corners may touch).
List all dominoes with (row, column) coordinates counted from 1 at the top left, in the form [[(1, 2), (1, 3)], [(3, 1), (4, 1)]].`,
    ({ size, grid }) => `Cover some cells of this ${size} by ${size} board with 1x2 dominoes:
${grid}

Letters name regions; each of them must end up with exactly two covered cells, no more and no fewer. Cells marked X are outside all regions and have to be covered as well. A domino may cover cells of two regions. No two dominoes overlap or lie side by side along an edge, though they may meet at a corner.
Answer with a list of dominoes, each a pair of 1-based (row, column) tuples: [[(r1, c1), (r2, c2)], …].`,
    ({
      size,
      grid,
    }) => `Here is a map of ${size} x ${size} cells. A letter tells the region of a cell; X is a cell without a region.
${grid}

Lay dominoes on it. One domino takes two cells that share an edge, be they of one region or of two. When you are done,
(a) each region has two taken cells, not fewer and not more,
(b) each X is taken,
(c) no cell is taken twice, and cells of two different dominoes never share an edge; touching at corners is fine.
State the dominoes as pairs of cells, a cell as (row, column) with the top left one being (1, 1): [[(1, 2), (1, 3)], [(3, 1), (4, 1)]].`,
  ],
  zh: [
    ({
      size,
      grid,
    }) => `${size} x ${size} 的 Norinori 谜题。相同字母的格子组成一个区域；X 是阴影格，不属于任何区域。
${grid}

请放置多米诺骨牌，每块覆盖上下或左右相邻的两格，使得
- 每个区域恰好有两个格子被覆盖（可以属于不同的骨牌，骨牌也可以跨越边界），
- 每个 X 都被覆盖，
- 任何两块骨牌不重叠，也不共边（可以角对角）。
请列出所有骨牌，坐标为 (行, 列)，从左上角的 1 开始数，形式为 [[(1, 2), (1, 3)], [(3, 1), (4, 1)]]。`,
    ({ size, grid }) => `请用 1x2 的多米诺骨牌覆盖这个 ${size} 行 ${size} 列棋盘的一部分：
${grid}

字母表示区域，每个区域最终必须恰好有两个被覆盖的格子，不多不少。标 X 的格子不属于任何区域，也必须被覆盖。一块骨牌可以覆盖两个区域的格子。不同的骨牌不能重叠，也不能有公共边，但可以在角上相碰。
请用骨牌列表作答，每块是两个从 1 开始的 (行, 列)：[[(r1, c1), (r2, c2)], …]。`,
    ({
      size,
      grid,
    }) => `这是一张 ${size} x ${size} 格的地图。字母表示格子所属的区域；X 是不属于任何区域的格子。
${grid}

请在上面放骨牌。一块骨牌占据有公共边的两格，这两格可以同属一个区域，也可以分属两个区域。放好之后：
(a) 每个区域恰有两格被占，不多也不少；
(b) 每个 X 都被占；
(c) 没有格子被占两次，不同骨牌的格子之间没有公共边；角相碰可以。
请把骨牌写成格子对，格子写成 (行, 列)，左上角为 (1, 1)：[[(1, 2), (1, 3)], [(3, 1), (4, 1)]]。`,
  ],
};

export const norinori = defineTask<Params, Instance, readonly (readonly (readonly number[])[])[]>({
  id: 'norinori',
  version: 2,
  label: 'Norinori',
  category: 'grid',
  description: 'Dominoes that do not touch cover exactly two cells of every region.',
  params: Params,
  levels: [
    { size: 4, shadows: 0 },
    { size: 5, shadows: 2 },
    { size: 5, shadows: 0 },
    { size: 6, shadows: 2 },
    { size: 6, shadows: 0 },
    { size: 7, shadows: 2 },
    { size: 7, shadows: 0 },
    { size: 8, shadows: 2 },
    { size: 8, shadows: 0 },
    { size: 9, shadows: 2 },
  ],
  promise: 'unique',
  templates: countWordings(wordings),

  generate,

  render: ({ size, regions }, language, template) =>
    renderWording(wordings, language, template, { size, grid: gridText(toRows(regions, size)) }),

  toData: ({ size, regions, solution }, question) => ({
    question,
    answer: '',
    difficulty: 1,
    metadata: {
      region_grid: toRows(regions, size),
      solution: solution?.map((domino) => domino.map((cell) => toPlace(cell, size))) ?? null,
      n: size,
      region_nums: new Set(regions.filter((region) => region !== 'X')).size,
    },
  }),

  fromData({ metadata }) {
    const rows = textGridOf(metadata?.region_grid);
    if (rows === null || rows.length === 0 || rows.some((row) => row.length !== rows.length))
      return null;
    const size = rows.length;
    const solution = Array.isArray(metadata?.solution) ? (metadata.solution as unknown[]) : null;
    return {
      size,
      regions: cellsOf(rows),
      solution:
        solution?.map((domino): Domino => {
          const [a, b] = Array.isArray(domino) ? (domino as unknown[]).map(numbersOf) : [];
          return [toCell(a ?? [], size), toCell(b ?? [], size)];
        }) ?? null,
    };
  },

  extract: (response) => findLastLiteral(finalText(response), toDominoes),
  check: (candidate, instance) => checkPlaces(candidate, instance, true),
  answer: ({ solution, size }) => (solution === null ? '' : print(solution, size)),

  solve(instance) {
    const { found, nodes } = search(boardOf(instance), 1);
    const [first] = found;
    return { answer: first === undefined ? null : print(first, instance.size), nodes };
  },

  countSolutions: (instance, limit) => search(boardOf(instance), limit).found.length,

  difficulty: (instance) => ({
    size: instance.size,
    regions: new Set(instance.regions).size,
    nodes: search(boardOf(instance), 2).nodes,
  }),

  reference(response, data) {
    const instance = norinori.fromData(data) as Instance | null;
    if (instance === null) return false;
    // No more dominoes than this fit on the board.
    const most = instance.size ** 2 / 2;
    let places = publishedPairs(response, PAIR_IN_BRACKETS, most);
    if (places.length === 0) places = publishedPairs(response, PAIR, most);
    if (places.length > most) return false;
    const dominoes = places.map(([r = 0, c = 0, y = 0, x = 0]) => [
      [r, c],
      [y, x],
    ]);
    return checkPlaces(dominoes, instance, false).ok;
  },
});

const PAIR_IN_BRACKETS = /\[\((\p{Nd}+),\s*(\p{Nd}+)\),\s*\((\p{Nd}+),\s*(\p{Nd}+)\)\]/gu;
const PAIR = /\(\s*(\p{Nd}+)\s*,\s*(\p{Nd}+)\s*\)\s*,\s*\(\s*(\p{Nd}+)\s*,\s*(\p{Nd}+)\s*\)/gu;

/** The four numbers of each pair of places; a search for more than `most` of them stops. */
function publishedPairs(text: string, pattern: RegExp, most: number): number[][] {
  const places: number[][] = [];
  for (const match of text.matchAll(pattern)) {
    places.push(match.slice(1).map(Number));
    if (places.length > most) break;
  }
  return places;
}

function toRows(cells: readonly string[], size: number): string[][] {
  return Array.from({ length: size }, (_, row) => cells.slice(row * size, (row + 1) * size));
}

function toPlace(cell: number, size: number): [number, number] {
  return [Math.floor(cell / size) + 1, (cell % size) + 1];
}

function toCell(place: readonly number[], size: number): number {
  const [row = 0, column = 0] = place;
  return (row - 1) * size + column - 1;
}

function print(dominoes: readonly Domino[], size: number): string {
  const texts = dominoes.map(
    (domino) => `[${domino.map((cell) => `(${toPlace(cell, size).join(', ')})`).join(', ')}]`,
  );
  return `[${texts.join(', ')}]`;
}

/** A list of pairs of places, or one such pair alone. */
function toDominoes(value: PyValue): number[][][] | null {
  const items = itemsOf(value);
  if (items === null || items.length === 0) return null;
  const single = toDomino(value);
  if (single !== null) return [single];
  const dominoes: number[][][] = [];
  for (const item of items) {
    const domino = toDomino(item);
    if (domino === null) return null;
    dominoes.push(domino);
  }
  return dominoes;
}

function toDomino(value: PyValue): number[][] | null {
  const items = itemsOf(value);
  if (items?.length !== 2) return null;
  const places: number[][] = [];
  for (const item of items) {
    const place = itemsOf(item);
    if (place?.length !== 2) return null;
    const [row, column] = [toWhole(place[0]), toWhole(place[1])];
    if (row === null || column === null) return null;
    places.push([row, column]);
  }
  return places;
}

/** The published verifier looks only at regions that are touched at all; the rules ask for all of them. */
function checkPlaces(
  dominoes: readonly (readonly (readonly number[])[])[],
  { size, regions }: Instance,
  needsAllRegions: boolean,
): Check {
  /** The number of the domino on each cell, from 1. */
  const owner = new Int32Array(size * size);
  const counts = new Map<string, number>();
  for (let index = 0; index < dominoes.length; index += 1) {
    const domino = dominoes[index] ?? [];
    const [r = 0, c = 0] = domino[0] ?? [];
    const [y = 0, x = 0] = domino[1] ?? [];
    if (Math.abs(r - y) + Math.abs(c - x) !== 1)
      return wrong('a domino does not cover two neighbours');
    for (let end = 0; end < 2; end += 1) {
      const row = end === 0 ? r : y;
      const column = end === 0 ? c : x;
      if (row < 1 || row > size || column < 1 || column > size)
        return wrong('a domino is off the board');
      const cell = (row - 1) * size + column - 1;
      if (owner[cell] !== 0) return wrong('two dominoes overlap');
      owner[cell] = index + 1;
      const region = regions[cell] ?? '';
      counts.set(region, (counts.get(region) ?? 0) + 1);
    }
  }
  for (let cell = 0; cell < owner.length; cell += 1) {
    const index = owner[cell] ?? 0;
    if (index === 0) continue;
    const right = (cell + 1) % size === 0 ? 0 : (owner[cell + 1] ?? 0);
    const below = owner[cell + size] ?? 0;
    if ((right !== 0 && right !== index) || (below !== 0 && below !== index))
      return wrong('two dominoes share an edge');
  }
  for (let cell = 0; cell < regions.length; cell += 1) {
    const region = regions[cell] ?? '';
    if (region === 'X') {
      if (owner[cell] === 0) return wrong('a shadow is not covered');
      continue;
    }
    const count = counts.get(region) ?? 0;
    if (count !== 2 && (count > 0 || needsAllRegions))
      return wrong(`region ${region} has ${count} covered cells`);
  }
  return RIGHT;
}

const NAMES = 'ABCDEFGHIJKLMNOPQRSTUVWYZabcdefghijklmnopqrstuvwyz';

function generate(rng: Rng, params: Params): Instance {
  const { size } = params;
  for (;;) {
    const drawn = draw(rng, params);
    if (drawn === null || !repair(rng, drawn.board, drawn.dominoes)) continue;
    const names = rng.shuffle(Array.from(NAMES.slice(0, drawn.board.count)));
    const regions = Array.from(drawn.board.group, (index) => names[index] ?? 'X');
    return { size, regions, solution: drawn.dominoes };
  }
}

interface Drawn {
  readonly board: Board;
  readonly dominoes: readonly Domino[];
}

/** Dominoes first; each covered cell grows a piece of its own, and neighbouring pieces are joined in pairs to regions. */
function draw(rng: Rng, { size, shadows }: Params): Drawn | null {
  const total = size * size;
  const near = gridNeighbours(size);
  const dominoes = densestOf(rng, size);
  const cells = rng.shuffle(dominoes.flat());
  const seeds = cells.slice(shadows);
  const count = seeds.length / 2;
  if (!Number.isInteger(count) || count > NAMES.length) return null;
  const piece = new Int8Array(total).fill(FREE);
  for (const cell of cells.slice(0, shadows)) piece[cell] = SHADOW;
  for (const [index, cell] of seeds.entries()) piece[cell] = index;
  const frontiers = seeds.map((cell) => [cell]);
  const turns = seeds.map((_, index) => index);
  const open: number[] = [];
  while (turns.length > 0) {
    const turn = rng.below(turns.length);
    const index = turns[turn] ?? 0;
    const frontier = frontiers[index] ?? [];
    if (frontier.length === 0) {
      turns[turn] = turns.at(-1) ?? 0;
      turns.pop();
      continue;
    }
    const at = rng.below(frontier.length);
    open.length = 0;
    for (const next of near[frontier[at] ?? 0] ?? []) if (piece[next] === FREE) open.push(next);
    if (open.length === 0) {
      frontier[at] = frontier.at(-1) ?? 0;
      frontier.pop();
      continue;
    }
    const next = rng.pick(open);
    piece[next] = index;
    frontier.push(next);
  }
  if (piece.includes(FREE)) return null;
  const partner = pairUp(rng, piece, seeds.length, size);
  if (partner === null) return null;
  const numbers = new Map<number, number>();
  const group = piece.map((index) => {
    if (index === SHADOW) return SHADOW;
    const key = Math.min(index, partner[index] ?? index);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  return { board: { size, group, count }, dominoes };
}

const FREE = -2;
const SHADOW = -1;

/** Many dominoes make small regions, which leave fewer other solutions. */
const PACKINGS = 2;
/** Places of which the one that blocks the fewest cells is taken. */
const PLACES = 20;

/** Dominoes that do not touch, packed closely; the densest of several such packings. */
function densestOf(rng: Rng, size: number): Domino[] {
  let best: Domino[] = [];
  for (let count = 0; count < PACKINGS; count += 1) {
    const dominoes = pack(rng, size);
    if (dominoes.length > best.length) best = dominoes;
  }
  return best;
}

function pack(rng: Rng, size: number): Domino[] {
  const near = gridNeighbours(size);
  const blocked = new Uint8Array(size * size);
  const free = Array.from({ length: size * size }, (_, cell) => cell);
  const dominoes: Domino[] = [];
  const others: number[] = [];
  const fresh = (cell: number): number => {
    let count = 0;
    for (const next of near[cell] ?? []) if (blocked[next] === 0) count += 1;
    return count;
  };
  while (free.length > 0) {
    let best: Domino | null = null;
    let fewest = Number.POSITIVE_INFINITY;
    for (let place = 0; place < PLACES && free.length > 0; place += 1) {
      const at = rng.below(free.length);
      const cell = free[at] ?? 0;
      others.length = 0;
      if (blocked[cell] === 0)
        for (const next of near[cell] ?? []) if (blocked[next] === 0) others.push(next);
      if (others.length === 0) {
        free[at] = free.at(-1) ?? 0;
        free.pop();
        continue;
      }
      const other = rng.pick(others);
      const cost = fresh(cell) + fresh(other);
      if (cost >= fewest) continue;
      fewest = cost;
      best = [cell, other];
    }
    if (best === null) continue;
    dominoes.push(best);
    for (const half of best) for (const next of near[half] ?? []) blocked[next] = 1;
  }
  return dominoes;
}

/** Joins each piece with a neighbouring one, those with the fewest choices first; null when one is left alone. */
function pairUp(rng: Rng, piece: Int8Array, count: number, size: number): number[] | null {
  const beside = Array.from({ length: count }, () => new Set<number>());
  const join = (a: number, b: number): void => {
    if (a === b || a < 0 || b < 0) return;
    beside[a]?.add(b);
    beside[b]?.add(a);
  };
  for (let cell = 0; cell < piece.length; cell += 1) {
    if (cell % size < size - 1) join(piece[cell] ?? 0, piece[cell + 1] ?? 0);
    if (cell + size < piece.length) join(piece[cell] ?? 0, piece[cell + size] ?? 0);
  }
  const partner = Array.from({ length: count }, () => -1);
  for (let done = 0; done < count; done += 2) {
    let best = -1;
    let fewest = Number.POSITIVE_INFINITY;
    for (let index = 0; index < count; index += 1) {
      if (partner[index] !== -1) continue;
      let choices = 0;
      for (const other of beside[index] ?? []) if (partner[other] === -1) choices += 1;
      if (choices < fewest) {
        fewest = choices;
        best = index;
      }
    }
    if (best === -1 || fewest === 0) return null;
    const chosen = rng.pick([...(beside[best] ?? [])].filter((other) => partner[other] === -1));
    partner[best] = chosen;
    partner[chosen] = best;
  }
  return partner;
}

const MAX_REPAIRS = 20;
/**
 * As long as there is another solution, a cell that only others cover moves to a neighbouring region, which spoils
 * them; false when that does not come to an end.
 */
function repair(rng: Rng, { size, group, count }: Board, dominoes: readonly Domino[]): boolean {
  const near = gridNeighbours(size);
  const own = new Uint8Array(size * size);
  for (const cell of dominoes.flat()) own[cell] = 1;
  const uses = new Uint8Array(size * size);
  for (let tries = 0; tries < MAX_REPAIRS; tries += 1) {
    const { found, isWhole } = search({ size, group, count }, 2);
    if (found.length === 1 && isWhole) return true;
    uses.fill(0);
    for (const other of found)
      for (const [a, b] of other) {
        uses[a] = (uses[a] ?? 0) + 1;
        uses[b] = (uses[b] ?? 0) + 1;
      }
    let most = 1;
    let moves: (readonly [cell: number, region: number])[] = [];
    for (const [cell, use] of uses.entries()) {
      if (use < most || own[cell] === 1 || !canLeave(cell, size, group)) continue;
      if (use > most) moves = [];
      most = use;
      for (const next of near[cell] ?? []) {
        const region = group[next] ?? SHADOW;
        if (region !== SHADOW && region !== group[cell]) moves.push([cell, region]);
      }
    }
    if (moves.length === 0) return false;
    const [cell, region] = rng.pick(moves);
    group[cell] = region;
  }
  return false;
}

/** The number of each cell's region, from 0 to `count` - 1, or that of a shadow. */
interface Board {
  readonly size: number;
  readonly group: Int8Array;
  readonly count: number;
}

function boardOf({ size, regions }: Instance): Board {
  const names = [...new Set(regions.filter((region) => region !== 'X'))];
  const group = Int8Array.from(regions, (region) => names.indexOf(region));
  return { size, group, count: names.length };
}

interface Search {
  readonly found: readonly (readonly Domino[])[];
  readonly nodes: number;
  /** False when the search was given up. */
  readonly isWhole: boolean;
}

const MAX_NODES = 20_000;
const UNKNOWN = 0;
const COVERED = 1;
const EMPTY = 2;

/**
 * Decides cells, those of the region with the least room first; a covered cell chooses its partner at once, and a cell
 * that has no partner left is empty.
 */
function search({ size, group, count }: Board, limit: number): Search {
  const total = size * size;
  const near = gridNeighbours(size);
  // The cells of region i stand in `members` from `starts[i]` on, the shadows after all others.
  const starts = new Int16Array(count + 2);
  for (let cell = 0; cell < total; cell += 1) {
    const index = group[cell] ?? SHADOW;
    const after = (index === SHADOW ? count : index) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let index = 0; index <= count; index += 1)
    starts[index + 1] = (starts[index + 1] ?? 0) + (starts[index] ?? 0);
  const ends = starts.slice(0, count + 1);
  const members = new Int16Array(total);
  for (let cell = 0; cell < total; cell += 1) {
    const index = group[cell] ?? SHADOW;
    const own = index === SHADOW ? count : index;
    members[ends[own] ?? 0] = cell;
    ends[own] = (ends[own] ?? 0) + 1;
  }
  const state = new Uint8Array(total);
  const covered = new Int8Array(count);
  const open = new Int16Array(count);
  for (let index = 0; index < count; index += 1)
    open[index] = (ends[index] ?? 0) - (starts[index] ?? 0);
  /** Unknown cells beside each cell. */
  const partners = new Uint8Array(total);
  for (let cell = 0; cell < total; cell += 1) partners[cell] = near[cell]?.length ?? 0;
  const firstUnknown = (index: number): number => {
    const end = ends[index] ?? 0;
    for (let at = starts[index] ?? 0; at < end; at += 1)
      if (state[members[at] ?? 0] === UNKNOWN) return members[at] ?? 0;
    return -1;
  };
  const trail: number[] = [];
  const dominoes: Domino[] = [];
  const found: Domino[][] = [];
  let nodes = 0;

  const set = (cell: number, value: number): boolean => {
    const now = state[cell] ?? 0;
    if (now !== UNKNOWN) return now === value;
    state[cell] = value;
    trail.push(cell);
    for (const next of near[cell] ?? []) partners[next] = (partners[next] ?? 0) - 1;
    const index = group[cell] ?? SHADOW;
    if (index === SHADOW) {
      if (value !== COVERED) return false;
    } else {
      open[index] = (open[index] ?? 0) - 1;
      if (value === COVERED) covered[index] = (covered[index] ?? 0) + 1;
      const done = covered[index] ?? 0;
      if (done > 2 || done + (open[index] ?? 0) < 2) return false;
      if (done === 2 && value === COVERED)
        for (let at = starts[index] ?? 0, end = ends[index] ?? 0; at < end; at += 1) {
          const other = members[at] ?? 0;
          if (state[other] === UNKNOWN && !set(other, EMPTY)) return false;
        }
    }
    if (value === EMPTY)
      for (const next of near[cell] ?? [])
        if (state[next] === UNKNOWN && partners[next] === 0 && !set(next, EMPTY)) return false;
    return true;
  };
  const undo = (mark: number): void => {
    while (trail.length > mark) {
      const cell = trail.pop() ?? 0;
      const index = group[cell] ?? SHADOW;
      if (index !== SHADOW) {
        open[index] = (open[index] ?? 0) + 1;
        if (state[cell] === COVERED) covered[index] = (covered[index] ?? 0) - 1;
      }
      for (const next of near[cell] ?? []) partners[next] = (partners[next] ?? 0) + 1;
      state[cell] = UNKNOWN;
    }
  };
  const place = (a: number, b: number): boolean => {
    // The halves may fill one region up, which empties the rest: both are set before the neighbours.
    if (state[a] !== UNKNOWN || state[b] !== UNKNOWN) return false;
    const index = group[a] ?? SHADOW;
    if (index === group[b] && index !== SHADOW && (covered[index] ?? 0) > 0) return false;
    // What the first half empties must not leave the second one without a partner: that is the first half.
    partners[b] = (partners[b] ?? 0) + 1;
    const fits = set(a, COVERED) && set(b, COVERED);
    partners[b] = (partners[b] ?? 0) - 1;
    if (!fits) return false;
    for (const next of near[a] ?? []) if (next !== b && !set(next, EMPTY)) return false;
    for (const next of near[b] ?? []) if (next !== a && !set(next, EMPTY)) return false;
    return true;
  };
  const visit = (): void => {
    nodes += 1;
    if (nodes > MAX_NODES) return;
    // A shadow has at most four ways; a region is worked on cell by cell.
    let cell = firstUnknown(count);
    const isForced = cell !== -1;
    if (!isForced) {
      let least = Number.POSITIVE_INFINITY;
      let best = -1;
      for (let index = 0; index < count; index += 1) {
        const missing = 2 - (covered[index] ?? 0);
        const room = (open[index] ?? 0) - missing;
        if (missing > 0 && room < least) {
          least = room;
          best = index;
        }
      }
      if (best === -1) {
        found.push([...dominoes]);
        return;
      }
      cell = firstUnknown(best);
    }
    const mark = trail.length;
    for (const next of near[cell] ?? []) {
      if (state[next] !== UNKNOWN) continue;
      if (place(cell, next)) {
        dominoes.push([cell, next]);
        visit();
        dominoes.pop();
      }
      undo(mark);
      if (found.length >= limit || nodes > MAX_NODES) return;
    }
    if (!isForced) {
      if (set(cell, EMPTY)) visit();
      undo(mark);
    }
  };
  visit();
  return { found, nodes, isWhole: nodes <= MAX_NODES };
}
