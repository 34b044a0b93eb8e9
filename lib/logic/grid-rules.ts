import { cellsOf } from './grid-cells.ts';

/** Rows of colours 0 to 9; 0 is the background. */
export type Grid = readonly (readonly number[])[];

/** A grid as one list of cells in reading order, which rules read and make many times as fast as rows. */
export interface Raster {
  readonly height: number;
  readonly width: number;
  readonly cells: readonly number[];
}

/** A change of a grid that needs nothing but the grid. */
export interface GridRule {
  readonly name: string;
  /** Whether cells are only moved, so that the counts of the colours stay as they are. */
  readonly isMove: boolean;
  /** Height and width of the result; null where they depend on the contents. */
  readonly size: (height: number, width: number) => readonly [number, number] | null;
  /** For each cell of the result the cell that it shows; null where the contents decide. */
  readonly sources: ((height: number, width: number) => readonly number[]) | null;
  /** Null where the rule has no meaning (nothing to crop, a result too large). */
  readonly apply: (raster: Raster) => Raster | null;
}

const MAX_SIDE = 30;

export function toRaster(grid: Grid): Raster {
  return { height: grid.length, width: grid[0]?.length ?? 0, cells: cellsOf(grid) };
}

export function toGrid({ height, width, cells }: Raster): number[][] {
  return Array.from({ length: height }, (_, r) => cells.slice(r * width, (r + 1) * width));
}

const same = (height: number, width: number) => [height, width] as const;
const turned = (height: number, width: number) => [width, height] as const;
const open = () => null;

function blank(length: number): number[] {
  const cells: number[] = [];
  for (let at = 0; at < length; at += 1) cells.push(0);
  return cells;
}

function recolour({ height, width, cells }: Raster, change: (cell: number) => number): Raster {
  const changed: number[] = [];
  for (const cell of cells) changed.push(change(cell));
  return { height, width, cells: changed };
}

/** Colours move to one end of each row, or of each column, and keep their order. */
function pack({ height, width, cells }: Raster, isUpright: boolean, isForward: boolean): Raster {
  const packed = blank(cells.length);
  const lines = isUpright ? width : height;
  const length = isUpright ? height : width;
  const step = isUpright ? width : 1;
  for (let line = 0; line < lines; line += 1) {
    const start = isUpright ? line : line * width;
    const last = start + (length - 1) * step;
    const by = isForward ? -step : step;
    let to = isForward ? last : start;
    for (let count = 0, from = to; count < length; count += 1, from += by) {
      const cell = cells[from] ?? 0;
      if (cell === 0) continue;
      packed[to] = cell;
      to += by;
    }
  }
  return { height, width, cells: packed };
}

function crop({ height, width, cells }: Raster): Raster | null {
  let [top, left, bottom, right] = [MAX_SIDE, MAX_SIDE, -1, -1];
  for (let r = 0; r < height; r += 1)
    for (let c = 0; c < width; c += 1) {
      if (cells[r * width + c] === 0) continue;
      if (r < top) top = r;
      if (c < left) left = c;
      if (c > right) right = c;
      bottom = r;
    }
  if (bottom === -1) return null;
  const kept: number[] = [];
  for (let r = top; r <= bottom; r += 1)
    for (let c = left; c <= right; c += 1) kept.push(cells[r * width + c] ?? 0);
  return { height: bottom + 1 - top, width: right + 1 - left, cells: kept };
}

/** Background that can not reach the edge takes the given colour. */
function fillHoles({ height, width, cells }: Raster, colour: number): Raster {
  const filled = cells.slice();
  const outside: number[] = [];
  // What is outside is marked in the copy, and unmarked at the end.
  const visit = (at: number): void => {
    if (filled[at] !== 0) return;
    filled[at] = -1;
    outside.push(at);
  };
  for (let r = 0; r < height; r += 1) {
    visit(r * width);
    visit(r * width + width - 1);
  }
  for (let c = 0; c < width; c += 1) {
    visit(c);
    visit((height - 1) * width + c);
  }
  for (const at of outside) {
    visit(at - width);
    visit(at + width);
    if (at % width > 0) visit(at - 1);
    if (at % width < width - 1) visit(at + 1);
  }
  for (let at = 0; at < filled.length; at += 1) if (filled[at] === 0) filled[at] = colour;
  for (const at of outside) filled[at] = 0;
  return { height, width, cells: filled };
}

const COUNTS = new Uint16Array(10);

/** Colours but the background, the most frequent first, smaller numbers before larger ones of the same count. */
function byCount({ cells }: Raster): number[] {
  COUNTS.fill(0);
  for (const cell of cells) COUNTS[cell] = (COUNTS[cell] ?? 0) + 1;
  const colours: number[] = [];
  for (let colour = 1; colour < 10; colour += 1) {
    const count = COUNTS[colour] ?? 0;
    if (count === 0) continue;
    let at = colours.length;
    for (; at > 0 && (COUNTS[colours[at - 1] ?? 0] ?? 0) < count; at -= 1)
      colours[at] = colours[at - 1] ?? 0;
    colours[at] = colour;
  }
  return colours;
}

/** Background shows what the mirror image has there. */
function overlay(raster: Raster, mirror: GridRule): Raster {
  const { height, width, cells } = raster;
  const from = mirror.sources?.(height, width) ?? [];
  const laid: number[] = [];
  for (let at = 0; at < cells.length; at += 1)
    laid.push(cells[at] === 0 ? (cells[from[at] ?? 0] ?? 0) : (cells[at] ?? 0));
  return { height, width, cells: laid };
}

function withoutRepeats({ height, width, cells }: Raster): Raster {
  const kept: number[] = [];
  for (let r = 0; r < height; r += 1) {
    let isRepeat = r > 0;
    for (let at = r * width; isRepeat && at < (r + 1) * width; at += 1)
      isRepeat = cells[at] === cells[at - width];
    if (isRepeat) continue;
    for (let at = r * width; at < (r + 1) * width; at += 1) kept.push(cells[at] ?? 0);
  }
  return { height: kept.length / width, width, cells: kept };
}

function withoutRepeatedColumns({ height, width, cells }: Raster): Raster {
  const columns: number[] = [];
  for (let c = 0; c < width; c += 1) {
    let isRepeat = c > 0;
    for (let at = c; isRepeat && at < cells.length; at += width)
      isRepeat = cells[at] === cells[at - 1];
    if (!isRepeat) columns.push(c);
  }
  const kept: number[] = [];
  for (let r = 0; r < height; r += 1) for (const c of columns) kept.push(cells[r * width + c] ?? 0);
  return { height, width: columns.length, cells: kept };
}

function frame({ height, width, cells }: Raster, colour: number): Raster | null {
  if (height + 2 > MAX_SIDE || width + 2 > MAX_SIDE) return null;
  const framed: number[] = [];
  for (let r = -1; r <= height; r += 1)
    for (let c = -1; c <= width; c += 1)
      framed.push(
        r === -1 || r === height || c === -1 || c === width
          ? colour
          : (cells[r * width + c] ?? colour),
      );
  return { height: height + 2, width: width + 2, cells: framed };
}

/** Every row (or column) with cells of one colour only is drawn through in that colour. */
function draw({ height, width, cells }: Raster, isUpright: boolean): Raster {
  const drawn = cells.slice();
  const lines = isUpright ? width : height;
  const length = isUpright ? height : width;
  const step = isUpright ? width : 1;
  for (let line = 0; line < lines; line += 1) {
    const start = isUpright ? line : line * width;
    const end = start + length * step;
    let only = 0;
    for (let at = start; at < end && only !== -1; at += step) {
      const cell = cells[at] ?? 0;
      if (cell !== 0 && cell !== only) only = only === 0 ? cell : -1;
    }
    if (only !== -1) for (let at = start; at < end; at += step) drawn[at] = only;
  }
  return { height, width, cells: drawn };
}

/** One row a colour, as long as the colour is frequent, most frequent first. */
function countBars(raster: Raster): Raster | null {
  const colours = byCount(raster);
  const width = COUNTS[colours[0] ?? 0] ?? 0;
  if (colours.length === 0 || width > MAX_SIDE) return null;
  const bars: number[] = [];
  for (const colour of colours)
    for (let at = 0; at < width; at += 1) bars.push(at < (COUNTS[colour] ?? 0) ? colour : 0);
  return { height: colours.length, width, cells: bars };
}

type SourceAt = (row: number, column: number, height: number, width: number) => number;

/** A rule that only says which cell is shown where; the places are worked out once a size. */
function place(
  name: string,
  {
    isMove,
    size,
  }: Pick<GridRule, 'isMove'> & { size: (h: number, w: number) => readonly [number, number] },
  sourceAt: SourceAt,
): GridRule {
  const known: (readonly number[] | undefined)[] = [];
  const sources = (height: number, width: number): readonly number[] => {
    const found = known[height * 32 + width];
    if (found !== undefined) return found;
    const [rows, columns] = size(height, width);
    const list = Array.from({ length: rows * columns }, (_, at) =>
      sourceAt(Math.floor(at / columns), at % columns, height, width),
    );
    known[height * 32 + width] = list;
    return list;
  };
  return {
    name,
    isMove,
    size,
    sources,
    apply({ height, width, cells }) {
      const [rows, columns] = size(height, width);
      if (rows > MAX_SIDE || columns > MAX_SIDE) return null;
      const shown: number[] = [];
      for (const source of sources(height, width)) shown.push(cells[source] ?? 0);
      return { height: rows, width: columns, cells: shown };
    },
  };
}

function move(
  name: string,
  sourceAt: SourceAt,
  size: (height: number, width: number) => readonly [number, number] = same,
): GridRule {
  return place(name, { isMove: true, size }, sourceAt);
}

function copy(
  name: string,
  sourceAt: SourceAt,
  size: (height: number, width: number) => readonly [number, number],
): GridRule {
  return place(name, { isMove: false, size }, sourceAt);
}

function fall(name: string, isUpright: boolean, isForward: boolean): GridRule {
  const apply = (raster: Raster) => pack(raster, isUpright, isForward);
  return { name, isMove: true, size: same, sources: null, apply };
}

function change(name: string, apply: GridRule['apply'], size: GridRule['size'] = same): GridRule {
  return { name, isMove: false, size, sources: null, apply };
}

const mirrored = move('mirror left to right', (r, c, _h, w) => r * w + w - 1 - c);
const overturned = move('mirror top to bottom', (r, c, h, w) => (h - 1 - r) * w + c);

export const GRID_RULES: readonly GridRule[] = [
  mirrored,
  overturned,
  move('turn by a quarter clockwise', (r, c, h, w) => (h - 1 - c) * w + r, turned),
  move('turn by a half', (r, c, h, w) => (h - 1 - r) * w + w - 1 - c),
  move('turn by a quarter anticlockwise', (r, c, _h, w) => c * w + w - 1 - r, turned),
  move('reflect in the main diagonal', (r, c, _h, w) => c * w + r, turned),
  move('reflect in the other diagonal', (r, c, h, w) => (h - 1 - c) * w + w - 1 - r, turned),
  fall('colours fall to the right', false, true),
  fall('colours fall to the left', false, false),
  fall('colours fall down', true, true),
  fall('colours rise', true, false),
  move('roll by one column', (r, c, _h, w) => r * w + ((c + w - 1) % w)),
  move('roll by one row', (r, c, h, w) => ((r + h - 1) % h) * w + c),
  copy(
    'add the mirror image on the right',
    (r, c, _h, w) => r * w + (c < w ? c : 2 * w - 1 - c),
    (h, w) => [h, 2 * w],
  ),
  copy(
    'add the mirror image below',
    (r, c, h, w) => (r < h ? r : 2 * h - 1 - r) * w + c,
    (h, w) => [2 * h, w],
  ),
  copy(
    'repeat on the right',
    (r, c, _h, w) => r * w + (c % w),
    (h, w) => [h, 2 * w],
  ),
  copy(
    'repeat below',
    (r, c, h, w) => (r % h) * w + c,
    (h, w) => [2 * h, w],
  ),
  copy(
    'enlarge twice',
    (r, c, _h, w) => (r >> 1) * w + (c >> 1),
    (h, w) => [2 * h, 2 * w],
  ),
  copy(
    'enlarge three times',
    (r, c, _h, w) => Math.floor(r / 3) * w + Math.floor(c / 3),
    (h, w) => [3 * h, 3 * w],
  ),
  change('crop to the coloured part', crop, open),
  change('fill holes with colour 8', (raster) => fillHoles(raster, 8)),
  change(
    'frame with colour 5',
    (raster) => frame(raster, 5),
    (h, w) => [h + 2, w + 2],
  ),
  change('keep the most frequent colour', (raster) => {
    const [most] = byCount(raster);
    return recolour(raster, (cell) => (cell === most ? cell : 0));
  }),
  change('drop the most frequent colour', (raster) => {
    const [most] = byCount(raster);
    return recolour(raster, (cell) => (cell === most ? 0 : cell));
  }),
  change('swap the two most frequent colours', (raster) => {
    const [first, second] = byCount(raster);
    if (first === undefined || second === undefined) return null;
    return recolour(raster, (cell) => (cell === first ? second : cell === second ? first : cell));
  }),
  change('swap background and most frequent colour', (raster) => {
    const [most] = byCount(raster);
    return most === undefined
      ? null
      : recolour(raster, (cell) => (cell === most ? 0 : cell === 0 ? most : cell));
  }),
  change('complete the left-right symmetry', (raster) => overlay(raster, mirrored)),
  change('complete the top-bottom symmetry', (raster) => overlay(raster, overturned)),
  change('draw rows of a single colour through', (raster) => draw(raster, false)),
  change('draw columns of a single colour through', (raster) => draw(raster, true)),
  change('drop repeated rows', withoutRepeats, open),
  change('drop repeated columns', withoutRepeatedColumns, open),
  copy(
    'keep the upper half',
    (r, c, _h, w) => r * w + c,
    (h, w) => [Math.ceil(h / 2), w],
  ),
  copy(
    'keep the left half',
    (r, c, _h, w) => r * w + c,
    (h, w) => [h, Math.ceil(w / 2)],
  ),
  change('count colours in bars', countBars, open),
];
