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
  return grid.map((row) => [...row].reverse());
}

function transpose(grid: Grid): number[][] {
  return (grid[0] ?? []).map((_, column) => grid.map((row) => row[column] ?? 0));
}

function upsideDown(grid: Grid): number[][] {
  return [...grid].reverse().map((row) => [...row]);
}

/** Colours move to the far end of each row and keep their order. */
function packRight(grid: Grid): number[][] {
  return grid.map((row) => {
    const full = row.filter((cell) => cell !== 0);
    return [...Array.from({ length: row.length - full.length }, () => 0), ...full];
  });
}

function bounded(grid: number[][]): number[][] | null {
  const width = grid[0]?.length ?? 0;
  return grid.length === 0 || width === 0 || grid.length > MAX_SIDE || width > MAX_SIDE
    ? null
    : grid;
}

function scale(grid: Grid, factor: number): number[][] | null {
  return bounded(
    grid.flatMap((row) => {
      const wide = row.flatMap((cell) => Array.from({ length: factor }, () => cell));
      return Array.from({ length: factor }, () => [...wide]);
    }),
  );
}

function crop(grid: Grid): number[][] | null {
  const rows = grid.flatMap((row, at) => (row.some((cell) => cell !== 0) ? [at] : []));
  const columns = (grid[0] ?? []).flatMap((_, at) =>
    grid.some((row) => row[at] !== 0) ? [at] : [],
  );
  const [top, left] = [rows[0], columns[0]];
  const [bottom, right] = [rows.at(-1), columns.at(-1)];
  if (top === undefined || left === undefined || bottom === undefined || right === undefined)
    return null;
  return grid.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
}

/** Background that can not reach the edge takes the given colour. */
function fillHoles(grid: Grid, colour: number): number[][] | null {
  const height = grid.length;
  const width = grid[0]?.length ?? 0;
  const outside = new Set<number>();
  const visit = (r: number, c: number): void => {
    if (grid[r]?.[c] === 0) outside.add(r * width + c);
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
    row.map((cell, c) => (cell === 0 && !outside.has(r * width + c) ? colour : cell)),
  );
}

/** Colours but the background, the most frequent first, smaller numbers before larger ones of the same count. */
function byCount(grid: Grid): number[] {
  const counts = new Map<number, number>();
  for (const row of grid)
    for (const cell of row) if (cell !== 0) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
}

function recolour(grid: Grid, change: (cell: number) => number): number[][] {
  return grid.map((row) => row.map(change));
}

function overlay(grid: Grid, other: Grid): number[][] {
  return grid.map((row, r) => row.map((cell, c) => (cell === 0 ? (other[r]?.[c] ?? 0) : cell)));
}

function withoutRepeats(grid: Grid): number[][] {
  const texts = grid.map((row) => row.join(' '));
  return grid.filter((_, at) => at === 0 || texts[at] !== texts[at - 1]).map((row) => [...row]);
}

function frame(grid: Grid, colour: number): number[][] | null {
  const width = (grid[0]?.length ?? 0) + 2;
  const edge = Array.from({ length: width }, () => colour);
  return bounded([edge, ...grid.map((row) => [colour, ...row, colour]), [...edge]]);
}

/** Every cell of colour draws its row in that colour where the row is empty beside it. */
function drawRows(grid: Grid): number[][] {
  return grid.map((row) => {
    const colours = [...new Set(row.filter((cell) => cell !== 0))];
    const [only] = colours;
    return row.map((cell) => (colours.length === 1 && only !== undefined ? only : cell));
  });
}

function rollRight(grid: Grid): number[][] {
  return grid.map((row) => [...row.slice(-1), ...row.slice(0, -1)]);
}

/** One row a colour, as long as the colour is frequent, most frequent first. */
function countBars(grid: Grid): number[][] | null {
  const colours = byCount(grid);
  const lengths = colours.map((colour) => grid.flat().filter((cell) => cell === colour).length);
  const width = lengths[0] ?? 0;
  return bounded(
    colours.map((colour, at) =>
      Array.from({ length: width }, (_, c) => (c < (lengths[at] ?? 0) ? colour : 0)),
    ),
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
  change('drop repeated columns', (grid) => transpose(withoutRepeats(transpose(grid))), open),
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
