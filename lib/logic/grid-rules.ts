/** Rows of colours 0 to 9; 0 is the background. */
export type Grid = readonly (readonly number[])[];

/** A change of a grid that needs nothing but the grid. */
export interface GridRule {
  readonly name: string;
  /** Whether cells are only moved, so that the counts of the colours stay as they are. */
  readonly isMove: boolean;
  /** Height and width of the result; null where they depend on the contents. */
  readonly size: (height: number, width: number) => readonly [number, number] | null;
  /** Null where the rule has no meaning (nothing to crop, a result too large). */
  readonly apply: (grid: Grid) => number[][] | null;
}

const MAX_SIDE = 30;

const same = (height: number, width: number) => [height, width] as const;
const turned = (height: number, width: number) => [width, height] as const;
const open = () => null;

function flipRows(grid: Grid): number[][] {
  return grid.map((row) => row.toReversed());
}

function transpose(grid: Grid): number[][] {
  const width = grid[0]?.length ?? 0;
  const turned: number[][] = [];
  for (let column = 0; column < width; column += 1) {
    const line: number[] = [];
    for (const row of grid) line.push(row[column] ?? 0);
    turned.push(line);
  }
  return turned;
}

function upsideDown(grid: Grid): number[][] {
  return grid.toReversed().map((row) => row.slice());
}

/** Colours move to the far end of each row and keep their order. */
function packRight(grid: Grid): number[][] {
  return grid.map((row) => {
    const packed = row.slice().fill(0);
    for (let from = row.length - 1, to = from; from >= 0; from -= 1) {
      const cell = row[from] ?? 0;
      if (cell === 0) continue;
      packed[to] = cell;
      to -= 1;
    }
    return packed;
  });
}

function bounded(grid: number[][]): number[][] | null {
  const width = grid[0]?.length ?? 0;
  return grid.length === 0 || width === 0 || grid.length > MAX_SIDE || width > MAX_SIDE
    ? null
    : grid;
}

function scale(grid: Grid, factor: number): number[][] | null {
  if (grid.length * factor > MAX_SIDE || (grid[0]?.length ?? 0) * factor > MAX_SIDE) return null;
  const scaled: number[][] = [];
  for (const row of grid) {
    const wide: number[] = [];
    for (const cell of row) for (let time = 0; time < factor; time += 1) wide.push(cell);
    for (let time = 0; time < factor; time += 1) scaled.push(wide.slice());
  }
  return bounded(scaled);
}

function crop(grid: Grid): number[][] | null {
  let [top, left, bottom, right] = [MAX_SIDE, MAX_SIDE, -1, -1];
  for (let r = 0; r < grid.length; r += 1) {
    const row = grid[r] ?? [];
    for (let c = 0; c < row.length; c += 1) {
      if (row[c] === 0) continue;
      if (r < top) top = r;
      if (c < left) left = c;
      if (c > right) right = c;
      bottom = r;
    }
  }
  if (bottom === -1) return null;
  return grid.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
}

/** Background that can not reach the edge takes the given colour. */
function fillHoles(grid: Grid, colour: number): number[][] | null {
  const height = grid.length;
  const width = grid[0]?.length ?? 0;
  const outside: number[] = [];
  const isOutside = new Uint8Array(height * width);
  const visit = (r: number, c: number): void => {
    const at = r * width + c;
    if (grid[r]?.[c] !== 0 || isOutside[at] === 1) return;
    isOutside[at] = 1;
    outside.push(at);
  };
  for (let r = 0; r < height; r += 1) for (const c of [0, width - 1]) visit(r, c);
  for (let c = 0; c < width; c += 1) for (const r of [0, height - 1]) visit(r, c);
  for (const at of outside) {
    const [r, c] = [Math.floor(at / width), at % width];
    visit(r - 1, c);
    visit(r + 1, c);
    if (c > 0) visit(r, c - 1);
    if (c < width - 1) visit(r, c + 1);
  }
  return grid.map((row, r) =>
    row.map((cell, c) => (cell === 0 && isOutside[r * width + c] === 0 ? colour : cell)),
  );
}

function countColours(grid: Grid): Uint16Array {
  const counts = new Uint16Array(10);
  for (const row of grid) for (const cell of row) counts[cell] = (counts[cell] ?? 0) + 1;
  return counts;
}

/** Colours but the background, the most frequent first, smaller numbers before larger ones of the same count. */
function byCount(grid: Grid): number[] {
  const counts = countColours(grid);
  const colours: number[] = [];
  for (let colour = 1; colour < 10; colour += 1)
    if ((counts[colour] ?? 0) > 0) colours.push(colour);
  return colours.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
}

function recolour(grid: Grid, change: (cell: number) => number): number[][] {
  return grid.map((row) => row.map(change));
}

function overlay(grid: Grid, other: Grid): number[][] {
  return grid.map((row, r) => row.map((cell, c) => (cell === 0 ? (other[r]?.[c] ?? 0) : cell)));
}

function withoutRepeats(grid: Grid): number[][] {
  return grid
    .filter((row, at) => at === 0 || row.some((cell, c) => cell !== grid[at - 1]?.[c]))
    .map((row) => row.slice());
}

function withoutRepeatedColumns(grid: Grid): number[][] {
  const kept: number[] = [];
  const width = grid[0]?.length ?? 0;
  for (let c = 0; c < width; c += 1)
    if (c === 0 || grid.some((row) => row[c] !== row[c - 1])) kept.push(c);
  return grid.map((row) => kept.map((c) => row[c] ?? 0));
}

function frame(grid: Grid, colour: number): number[][] | null {
  const width = (grid[0]?.length ?? 0) + 2;
  const edge = Array.from({ length: width }, () => colour);
  return bounded([edge, ...grid.map((row) => [colour, ...row, colour]), [...edge]]);
}

/** Every cell of colour draws its row in that colour where the row is empty beside it. */
function drawRows(grid: Grid): number[][] {
  return grid.map((row) => {
    let only = 0;
    for (const cell of row) {
      if (cell === 0 || cell === only) continue;
      if (only !== 0) return row.slice();
      only = cell;
    }
    return row.slice().fill(only);
  });
}

function rollRight(grid: Grid): number[][] {
  return grid.map((row) => {
    const rolled = row.slice(0, -1);
    rolled.unshift(...row.slice(-1));
    return rolled;
  });
}

/** One row a colour, as long as the colour is frequent, most frequent first. */
function countBars(grid: Grid): number[][] | null {
  const colours = byCount(grid);
  const counts = countColours(grid);
  const width = counts[colours[0] ?? 0] ?? 0;
  if (width > MAX_SIDE) return null;
  return bounded(
    colours.map((colour) => {
      const bar = new Array<number>(width).fill(0);
      return bar.fill(colour, 0, counts[colour] ?? 0);
    }),
  );
}

function move(name: string, apply: GridRule['apply'], size: GridRule['size'] = same): GridRule {
  return { name, isMove: true, size, apply };
}

function change(name: string, apply: GridRule['apply'], size: GridRule['size'] = same): GridRule {
  return { name, isMove: false, size, apply };
}

export const GRID_RULES: readonly GridRule[] = [
  move('mirror left to right', flipRows),
  move('mirror top to bottom', upsideDown),
  move('turn by a quarter clockwise', (grid) => flipRows(transpose(grid)), turned),
  move('turn by a half', (grid) => upsideDown(flipRows(grid))),
  move('turn by a quarter anticlockwise', (grid) => upsideDown(transpose(grid)), turned),
  move('reflect in the main diagonal', transpose, turned),
  move('reflect in the other diagonal', (grid) => upsideDown(flipRows(transpose(grid))), turned),
  move('colours fall to the right', packRight),
  move('colours fall to the left', (grid) => flipRows(packRight(flipRows(grid)))),
  move('colours fall down', (grid) => transpose(packRight(transpose(grid)))),
  move('colours rise', (grid) => transpose(flipRows(packRight(flipRows(transpose(grid)))))),
  move('roll by one column', rollRight),
  move('roll by one row', (grid) => transpose(rollRight(transpose(grid)))),
  change(
    'add the mirror image on the right',
    (grid) => bounded(grid.map((row) => [...row, ...[...row].reverse()])),
    (h, w) => [h, 2 * w],
  ),
  change(
    'add the mirror image below',
    (grid) => bounded([...grid.map((row) => [...row]), ...upsideDown(grid)]),
    (h, w) => [2 * h, w],
  ),
  change(
    'repeat on the right',
    (grid) => bounded(grid.map((row) => [...row, ...row])),
    (h, w) => [h, 2 * w],
  ),
  change(
    'repeat below',
    (grid) => bounded([...grid, ...grid].map((row) => [...row])),
    (h, w) => [2 * h, w],
  ),
  change(
    'enlarge twice',
    (grid) => scale(grid, 2),
    (h, w) => [2 * h, 2 * w],
  ),
  change(
    'enlarge three times',
    (grid) => scale(grid, 3),
    (h, w) => [3 * h, 3 * w],
  ),
  change('crop to the coloured part', crop, open),
  change('fill holes with colour 8', (grid) => fillHoles(grid, 8)),
  change(
    'frame with colour 5',
    (grid) => frame(grid, 5),
    (h, w) => [h + 2, w + 2],
  ),
  change('keep the most frequent colour', (grid) => {
    const [most] = byCount(grid);
    return recolour(grid, (cell) => (cell === most ? cell : 0));
  }),
  change('drop the most frequent colour', (grid) => {
    const [most] = byCount(grid);
    return recolour(grid, (cell) => (cell === most ? 0 : cell));
  }),
  change('swap the two most frequent colours', (grid) => {
    const [first, second] = byCount(grid);
    if (first === undefined || second === undefined) return null;
    return recolour(grid, (cell) => (cell === first ? second : cell === second ? first : cell));
  }),
  change('swap background and most frequent colour', (grid) => {
    const [most] = byCount(grid);
    return most === undefined
      ? null
      : recolour(grid, (cell) => (cell === most ? 0 : cell === 0 ? most : cell));
  }),
  change('complete the left-right symmetry', (grid) => overlay(grid, flipRows(grid))),
  change('complete the top-bottom symmetry', (grid) => overlay(grid, upsideDown(grid))),
  change('draw rows of a single colour through', drawRows),
  change('draw columns of a single colour through', (grid) => transpose(drawRows(transpose(grid)))),
  change('drop repeated rows', withoutRepeats, open),
  change('drop repeated columns', withoutRepeatedColumns, open),
  change(
    'keep the upper half',
    (grid) => bounded(grid.slice(0, Math.ceil(grid.length / 2)).map((row) => [...row])),
    (h, w) => [Math.ceil(h / 2), w],
  ),
  change(
    'keep the left half',
    (grid) => bounded(grid.map((row) => row.slice(0, Math.ceil(row.length / 2)))),
    (h, w) => [h, Math.ceil(w / 2)],
  ),
  change('count colours in bars', countBars, open),
];
