import type { ComponentType } from 'react';

/** One column of the table that holds the same numbers as the chart. */
export interface TwinColumn<Point> {
  header: string;
  isNumber: boolean;
  /** Formatted as a reader wants it; a known absence is null. */
  value(point: Point): string | null;
}

/**
 * One way to draw something. `toPoints` decides what is drawn and the table twin lists the same points, so that a chart
 * can't show what its table does not say. Colours, shapes and layout are the component's own.
 */
export interface Chart<Input, Point> {
  readonly id: string;
  /** What the chart answers. */
  readonly question: string;
  /** Only what can be drawn: every number is finite. */
  toPoints(input: Input): Point[];
  readonly columns: readonly TwinColumn<Point>[];
  readonly Drawing: ComponentType<{ input: Input }>;
}
