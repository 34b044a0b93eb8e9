import { GREY, INK, type Palette } from './palettes.ts';

export const MARKER_SHAPES = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'wedge',
  'pentagon',
  'cross',
  'plus',
  'star',
] as const;
export type MarkerShape = (typeof MARKER_SHAPES)[number];

/** How a series is drawn: colour, shape and dash all tell it apart, so that none of them has to be seen. */
export interface Look {
  colour: string;
  shape: MarkerShape;
  /** Lengths of strokes and gaps in points; empty is a solid line. */
  dash: readonly number[];
  isHollow: boolean;
}

/** A star is kept for the run that the others start from. */
const SHAPES = MARKER_SHAPES.filter((shape) => shape !== 'star');
const STROKED: ReadonlySet<MarkerShape> = new Set(['cross', 'plus']);
const DASHES: readonly (readonly number[])[] = [
  [],
  [4, 1.6],
  [1.2, 1.4],
  [5, 1.4, 1.2, 1.4],
  [7, 2],
  [2.4, 1.2],
  [7, 1.4, 1.2, 1.4, 1.2, 1.4],
];

export const BASE_LOOK: Look = { colour: INK, shape: 'star', dash: [], isHollow: false };

/** The look of series `index`: colours first, then greys; shape, dash and filling run in different lengths, so that none repeats early. */
export function seriesLook(index: number, palette: Palette): Look {
  const shape = SHAPES[index % SHAPES.length] ?? 'circle';
  const round = Math.floor(index / SHAPES.length);
  return {
    colour: palette.colours[index] ?? (round % 2 === 0 ? GREY : INK),
    shape,
    dash: DASHES[index % DASHES.length] ?? [],
    isHollow: !STROKED.has(shape) && round % 2 === 1,
  };
}

export function isStroked(shape: MarkerShape): boolean {
  return STROKED.has(shape);
}
