import { coordinate, type Shape } from '../drawing.ts';
import { BASE_LOOK, isStroked, seriesLook, type Look } from '../looks.ts';
import type { Palette } from '../palettes.ts';
import { INK } from '../palettes.ts';
import type { PlotSeries } from '../plot.ts';
import { wrapText } from '../text/wrap.ts';
import { markerPath } from './markers.ts';
import { LINE, type Pen } from './pen.ts';

export interface Legend {
  height: number;
  shapes: Shape[];
}

const SIGN = 15;
const GAP = 3;
const COLUMN_GAP = 9;
const MAX_LINES = 3;

export function lookOf(series: PlotSeries, palette: Palette): Look {
  return series.isBase ? BASE_LOOK : seriesLook(series.order, palette);
}

export const MARKER_RADIUS = 2.3;

/** How a marker is painted: hollow ones are filled with the paper, so that lines end at them. */
export function markerPaint(look: Look, isHollow = look.isHollow) {
  const stroke = { colour: look.colour, width: isStroked(look.shape) ? 1 : 0.75 };
  if (isStroked(look.shape)) return { stroke };
  return { fill: isHollow ? '#FFFFFF' : look.colour, stroke };
}

/** All entries in even columns, as many as fit in the width, centred; long names wrap. */
export function layoutLegend(
  series: readonly PlotSeries[],
  pen: Pen,
  { width, top, size, palette }: { width: number; top: number; size: number; palette: Palette },
): Legend {
  const style = pen.style(size);
  const room = width - SIGN - GAP;
  const entries = series.map((one) => ({
    series: one,
    lines: wrapText(pen.fonts, one.name, style, { room, maxLines: MAX_LINES }),
  }));
  const widths = entries.map(
    ({ lines }) => SIGN + GAP + Math.max(...lines.map((line) => pen.fonts.width(line, style))),
  );
  const most = mostColumns(widths, width);
  // Even rows: no entry stands alone in the last one.
  const columns = Math.ceil(entries.length / Math.ceil(entries.length / most));
  const columnWidths = columnsOf(widths, columns);
  const total = columnWidths.reduce((sum, one) => sum + one + COLUMN_GAP, -COLUMN_GAP);
  const lineHeight = size * 1.18;
  const shapes: Shape[] = [];
  let y = top;
  for (let start = 0; start < entries.length; start += columns) {
    const row = entries.slice(start, start + columns);
    let x = Math.max(0, (width - total) / 2);
    row.forEach(({ series: one, lines }, column) => {
      const look = lookOf(one, palette);
      shapes.push(...signShapes(pen, { look, sign: one.sign, x, y: y + lineHeight / 2 }));
      lines.forEach((line, index) =>
        shapes.push(
          pen.text(line, style, {
            x: x + SIGN + GAP,
            y: y + lineHeight * (index + 0.5) + size * 0.3,
            fill: INK,
          }),
        ),
      );
      x += (columnWidths[column] ?? 0) + COLUMN_GAP;
    });
    y += Math.max(...row.map(({ lines }) => lines.length)) * lineHeight + 1;
  }
  return { height: y - top, shapes };
}

function mostColumns(widths: readonly number[], width: number): number {
  for (let columns = widths.length; columns > 1; columns -= 1) {
    const total = columnsOf(widths, columns).reduce(
      (sum, one) => sum + one + COLUMN_GAP,
      -COLUMN_GAP,
    );
    if (total <= width) return columns;
  }
  return 1;
}

function columnsOf(widths: readonly number[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...widths.filter((_one, index) => index % columns === column)),
  );
}

function signShapes(
  pen: Pen,
  { look, sign, x, y }: { look: Look; sign: PlotSeries['sign']; x: number; y: number },
): Shape[] {
  const middle = x + SIGN / 2;
  const line = pen.line(
    [
      [x, y],
      [x + SIGN, y],
    ],
    { colour: look.colour, width: LINE.series, dash: look.dash },
  );
  const marker = pen.path(markerPath(look.shape, middle, y, MARKER_RADIUS), markerPaint(look));
  switch (sign) {
    case 'line':
      return [line];
    case 'marker':
      return [marker];
    case 'both':
      return [line, marker];
    case 'box':
      return [
        pen.path(`M${coordinate(middle - 4)} ${coordinate(y - 3)}h8v6h-8Z`, {
          fill: look.colour,
        }),
      ];
  }
}
