import type { Box } from './box.ts';
import type { FontFamily, FontWeight } from './text/font-set.ts';

/** The numbers that a mark stands for, as they stand in the data table. */
export type Datum = Readonly<Record<string, string | number>>;

export interface PathShape {
  kind: 'path';
  /** SVG path data. */
  d: string;
  fill: string | null;
  stroke: string | null;
  width: number;
  dash: readonly number[];
  opacity: number;
  /** Null for what stands for no row of the data: axes, grid, legend. */
  datum: Datum | null;
}

export interface TextShape {
  kind: 'text';
  text: string;
  /** Of the start of the baseline, before the turn. */
  x: number;
  y: number;
  /** Degrees: 0, or -90 for a text that reads upwards. */
  turn: 0 | -90;
  family: FontFamily;
  weight: FontWeight;
  size: number;
  fill: string;
  /** What it covers on the page, after the turn. */
  box: Box;
}

export interface ClipShape {
  kind: 'clip';
  box: Box;
  shapes: (PathShape | TextShape)[];
}

export type Shape = PathShape | TextShape | ClipShape;

/**
 * Where a text beside something stands: from its place to the middle of the text. The place is that of a data row, of a text of
 * the reader, or a point on a reference line, `along` its length from its left or lower end.
 */
export interface LabelOffset {
  panel: number;
  of:
    | { kind: 'row'; row: number }
    | { kind: 'text'; layer: number }
    | { kind: 'rule'; layer: number; along: number };
  right: number;
  down: number;
  lines: readonly string[];
}

/** A laid-out figure: plain geometry in points, from which every back end draws. */
export interface Drawing {
  width: number;
  height: number;
  shapes: Shape[];
  /** Where names and texts of the reader stand. */
  labels: LabelOffset[];
  /** What did not fit and was left out or cut, in sentences. */
  notes: string[];
}

export function listTexts({ shapes }: Drawing): TextShape[] {
  return shapes
    .flatMap((shape) => (shape.kind === 'clip' ? shape.shapes : [shape]))
    .filter((shape) => shape.kind === 'text');
}

export function listPaths({ shapes }: Drawing): PathShape[] {
  return shapes
    .flatMap((shape) => (shape.kind === 'clip' ? shape.shapes : [shape]))
    .filter((shape) => shape.kind === 'path');
}

/** Hundredths of a point are finer than any printer. */
export function coordinate(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}
