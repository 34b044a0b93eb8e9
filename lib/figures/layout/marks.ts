import type { Look } from '../looks.ts';
import type { Box } from '../box.ts';
import type { Datum, PathShape, TextShape } from '../drawing.ts';
import type { DataReader } from '../figure-data.ts';
import { FRONT, GREY, INK, type Palette } from '../palettes.ts';
import type { Layer, Panel, Plot } from '../plot.ts';
import type { FontSizes } from '../venues.ts';
import { xAt, yAt, type PanelValues, type Scales } from './frame.ts';
import { lookOf, MARKER_RADIUS, markerPaint } from './legend.ts';
import { markerPath } from './markers.ts';
import { LINE, pathThrough, type Pen } from './pen.ts';
import { tickLabels } from './ticks.ts';

/** In points: so much of a bar is always seen. */
const LEAST_BAR = 1.2;

const NEUTRAL: Look = { colour: FRONT, shape: 'circle', dash: [], isHollow: false };

export interface MarkFrame {
  plot: Plot;
  panel: Panel;
  reader: DataReader;
  scales: Scales;
  area: Box;
  pen: Pen;
  sizes: FontSizes;
  palette: Palette;
  hasIntervals: boolean;
}

/** The values that the axes of a panel have to hold, intervals included where they are drawn. */
export function panelValues(panel: Panel, reader: DataReader, hasIntervals: boolean): PanelValues {
  const values: PanelValues = { x: [], y: [], y2: [] };
  for (const layer of panel.layers) {
    const { x, y, isSecondary } = columnsOf(layer, hasIntervals);
    const read = (columns: readonly string[]) =>
      layer.rows.flatMap((row) =>
        columns.flatMap((column) => {
          const value = reader.number(row, column);
          return value === null ? [] : [value];
        }),
      );
    values.x.push(...read(x));
    values[isSecondary ? 'y2' : 'y'].push(...read(y));
    if (layer.mark === 'rule') values[layer.across].push(layer.at);
    if (layer.mark === 'text') {
      values.x.push(layer.x);
      values.y.push(layer.y);
    }
  }
  return values;
}

function columnsOf(
  layer: Layer,
  hasIntervals: boolean,
): { x: readonly string[]; y: readonly string[]; isSecondary: boolean } {
  const isSecondary = (layer.mark === 'line' || layer.mark === 'points') && layer.isSecondary;
  switch (layer.mark) {
    case 'line':
      return { x: [layer.x], y: [layer.y], isSecondary };
    case 'points': {
      const x = hasIntervals ? [layer.x, ...(layer.xInterval ?? [])] : [layer.x];
      const y = hasIntervals ? [layer.y, ...(layer.yInterval ?? [])] : [layer.y];
      return { x, y: [...y, ...(layer.yRange ?? [])], isSecondary };
    }
    case 'boxes':
      return { x: layer.x, y: layer.y.filter((column) => column !== null), isSecondary };
    case 'bars':
      return {
        x: [layer.value, ...(hasIntervals ? (layer.interval ?? []) : [])],
        y: [],
        isSecondary,
      };
    case 'band':
      return { x: [layer.x], y: layer.y, isSecondary };
    case 'cells':
    case 'rule':
    case 'text':
      return { x: [], y: [], isSecondary };
  }
}

/** The marks of a panel from back to front. */
export function markShapes(frame: MarkFrame): PathShape[] {
  return frame.panel.layers.flatMap((layer) => layerShapes(layer, frame));
}

/** The look of a layer's series, or grey. */
export function layerLook(
  layer: Layer,
  { plot, palette }: Pick<MarkFrame, 'plot' | 'palette'>,
): Look {
  const series = layer.series === null ? undefined : plot.series[layer.series];
  if (series === undefined) return layer.mark === 'line' ? NEUTRAL : { ...NEUTRAL, colour: GREY };
  return lookOf(series, palette);
}

function layerShapes(layer: Layer, frame: MarkFrame): PathShape[] {
  switch (layer.mark) {
    case 'line':
      return lineShapes(layer, frame);
    case 'points':
      return pointShapes(layer, frame);
    case 'boxes':
      return boxShapes(layer, frame);
    case 'bars':
      return barShapes(layer, frame);
    case 'band':
      return bandShapes(layer, frame);
    case 'cells':
      return cellShapes(layer, frame);
    case 'rule': {
      const { area, scales, pen, reader } = frame;
      const [row] = layer.rows;
      const all = reader.data.columns.map(({ id }) => id);
      const datum = row === undefined ? null : datumOf(row, all, frame);
      const stroke = { colour: INK, width: LINE.axis, dash: [2, 2] };
      const x = xAt(scales.x, layer.at, area);
      const y = yAt(scales.y, layer.at, area);
      return [
        layer.across === 'x'
          ? pen.line(
              [
                [x, area.top],
                [x, area.bottom],
              ],
              stroke,
              datum,
            )
          : pen.line(
              [
                [area.left, y],
                [area.right, y],
              ],
              stroke,
              datum,
            ),
      ];
    }
    case 'text':
      return [];
  }
}

export type LayerOf<Mark extends Layer['mark']> = Extract<Layer, { mark: Mark }>;

/** The row's number and its cells of the named columns. */
function datumOf(row: number, columns: readonly (string | null)[], { reader }: MarkFrame): Datum {
  const datum: Record<string, string | number> = { row };
  for (const column of columns) {
    const cell = column === null ? null : reader.cell(row, column);
    if (column !== null && cell !== null) datum[column] = cell;
  }
  return datum;
}

export function pointOf(
  row: number,
  layer: { x: string; y: string; isSecondary: boolean },
  frame: MarkFrame,
): [number, number] | null {
  const { reader, scales, area } = frame;
  const x = reader.number(row, layer.x);
  const y = reader.number(row, layer.y);
  const yScale = layer.isSecondary ? (scales.y2 ?? scales.y) : scales.y;
  if (
    x === null ||
    y === null ||
    (scales.x.axis.kind === 'number' && scales.x.axis.scale === 'log' && x <= 0)
  )
    return null;
  return [xAt(scales.x, x, area), yAt(yScale, y, area)];
}

export function linePoints(layer: LayerOf<'line'>, frame: MarkFrame): [number, number][] {
  const points = layer.rows.flatMap((row) => {
    const point = pointOf(row, layer, frame);
    return point === null ? [] : [point];
  });
  if (layer.path === 'straight') return points;
  return points.flatMap(([x, y], index): [number, number][] => {
    const before = points[index - 1];
    return before === undefined
      ? [[x, y]]
      : [
          [x, before[1]],
          [x, y],
        ];
  });
}

function lineShapes(layer: LayerOf<'line'>, frame: MarkFrame): PathShape[] {
  const points = linePoints(layer, frame);
  if (points.length < 2) return [];
  const look = layerLook(layer, frame);
  const dash = { look: look.dash, solid: [], dashed: [3, 1.5] }[layer.dash];
  const isBack = layer.series === null;
  return [frame.pen.line(points, { colour: look.colour, width: isBack ? 1.4 : LINE.series, dash })];
}

function pointShapes(layer: LayerOf<'points'>, frame: MarkFrame): PathShape[] {
  const { pen } = frame;
  const look = layerLook(layer, frame);
  const columns = [
    ...[layer.x, layer.y, ...(layer.xInterval ?? []), ...(layer.yInterval ?? [])],
    ...(layer.yRange ?? []),
  ];
  const names = frame.reader.data.columns.filter(({ kind }) => kind === 'text').map(({ id }) => id);
  const ranges: PathShape[] = [];
  const whiskers: PathShape[] = [];
  const markers: PathShape[] = [];
  for (const row of layer.rows) {
    const point = pointOf(row, layer, frame);
    if (point === null) continue;
    const range = rangePath(row, layer, frame);
    if (range !== null) {
      const stroke = { colour: look.colour, width: LINE.range };
      ranges.push(pen.path(range, { stroke, opacity: 0.3 }));
    }
    for (const d of whiskerPaths(row, layer, frame)) {
      whiskers.push(
        pen.path(d, { stroke: { colour: look.colour, width: LINE.whisker }, opacity: 0.75 }),
      );
    }
    markers.push(
      pen.path(
        markerPath(look.shape, point[0], point[1], MARKER_RADIUS),
        markerPaint(look, layer.isHollow || look.isHollow),
        datumOf(row, [...names, ...columns], frame),
      ),
    );
  }
  return [...ranges, ...whiskers, ...markers];
}

/** Null where the range is not known or has no width. */
function rangePath(row: number, layer: LayerOf<'points'>, frame: MarkFrame): string | null {
  const point = pointOf(row, layer, frame);
  const [low, high] = (layer.yRange ?? []).map((column) => frame.reader.number(row, column));
  if (point === null || low == null || high == null || low === high) return null;
  const { scales, area } = frame;
  const scale = layer.isSecondary ? (scales.y2 ?? scales.y) : scales.y;
  return pathThrough([
    [point[0], Math.min(area.bottom, yAt(scale, low, area))],
    [point[0], Math.max(area.top, yAt(scale, high, area))],
  ]);
}

export function whiskerPaths(row: number, layer: LayerOf<'points'>, frame: MarkFrame): string[] {
  const point = pointOf(row, layer, frame);
  if (point === null || !frame.hasIntervals) return [];
  const { reader, scales, area } = frame;
  const paths: string[] = [];
  const [x, y] = point;
  const ends = (columns: readonly [string, string] | null) =>
    columns === null
      ? []
      : columns.map((column) => reader.number(row, column)).filter((one) => one !== null);
  const [xLow, xHigh] = ends(layer.xInterval);
  if (xLow !== undefined && xHigh !== undefined) {
    const start = Math.max(area.left, xAt(scales.x, xLow, area));
    const end = Math.min(area.right, xAt(scales.x, xHigh, area));
    paths.push(
      pathThrough([
        [start, y],
        [end, y],
      ]),
    );
  }
  const yScale = layer.isSecondary ? (scales.y2 ?? scales.y) : scales.y;
  const [yLow, yHigh] = ends(layer.yInterval);
  if (yLow !== undefined && yHigh !== undefined) {
    const start = Math.min(area.bottom, yAt(yScale, yLow, area));
    const end = Math.max(area.top, yAt(yScale, yHigh, area));
    paths.push(
      pathThrough([
        [x, start],
        [x, end],
      ]),
    );
  }
  return paths;
}

function boxShapes(layer: LayerOf<'boxes'>, frame: MarkFrame): PathShape[] {
  const look = layerLook(layer, frame);
  const paint = { fill: look.colour, stroke: { colour: '#FFFFFF', width: 0.5 } };
  return layer.rows.flatMap((row) => {
    const box = histogramBox(row, layer, frame);
    if (box === null) return [];
    return [frame.pen.rectangle(box, paint, datumOf(row, [...layer.x, ...layer.y], frame))];
  });
}

/** Null where nothing is to be drawn. */
export function histogramBox(
  row: number,
  layer: LayerOf<'boxes'>,
  { reader, scales, area }: MarkFrame,
): Box | null {
  const [x0, x1] = layer.x.map((column) => reader.number(row, column));
  const y0 = layer.y[0] === null ? 0 : reader.number(row, layer.y[0]);
  const y1 = reader.number(row, layer.y[1]);
  if (x0 == null || x1 == null || y0 === null || y1 === null || y1 === y0) return null;
  const [low, high] = scales.x.domain;
  const box = {
    left: xAt(scales.x, Math.max(x0, low), area),
    right: xAt(scales.x, Math.min(x1, high), area),
    top: yAt(scales.y, y1, area),
    bottom: yAt(scales.y, y0, area),
  };
  return box.right <= box.left ? null : box;
}

function barShapes(layer: LayerOf<'bars'>, frame: MarkFrame): PathShape[] {
  const { reader, scales, area, pen } = frame;
  const look = layerLook(layer, frame);
  const names = reader.data.columns.filter(({ kind }) => kind === 'text').map(({ id }) => id);
  return layer.rows.flatMap((row) => {
    const box = barBox(row, layer, frame);
    if (box === null) return [];
    const bar = pen.rectangle(
      box,
      { fill: look.colour },
      datumOf(row, [...names, layer.place, layer.value, ...(layer.interval ?? [])], frame),
    );
    const [low, high] = (layer.interval ?? []).map((column) => reader.number(row, column));
    if (!frame.hasIntervals || low == null || high == null) return [bar];
    const middle = (box.top + box.bottom) / 2;
    const whisker = pen.line(
      [
        [xAt(scales.x, low, area), middle],
        [xAt(scales.x, high, area), middle],
      ],
      { colour: INK, width: LINE.whisker },
    );
    return [bar, whisker];
  });
}

/** Of the room of a place, from its middle: where the bar of one series begins, its middle, and how thick it is. */
export function laneOf({ index, of }: LayerOf<'bars'>['lane']) {
  const thickness = 0.72 / of;
  const start = -0.36 + index * thickness;
  return { start, middle: start + thickness / 2, thickness };
}

/** Null where the value is unknown. */
export function barBox(
  row: number,
  layer: LayerOf<'bars'>,
  { reader, scales, area }: MarkFrame,
): Box | null {
  const place = reader.number(row, layer.place);
  const value = reader.number(row, layer.value);
  if (place === null || value === null) return null;
  const { start, thickness } = laneOf(layer.lane);
  const [a, b] = [
    yAt(scales.y, place + start, area),
    yAt(scales.y, place + start + thickness, area),
  ];
  const [zero, end] = [xAt(scales.x, 0, area), xAt(scales.x, value, area)];
  return {
    left: Math.min(zero, end),
    // Nothing is a value, too: it must not look like one that is unknown.
    right: Math.max(zero, end, Math.min(zero, end) + LEAST_BAR),
    top: Math.min(a, b),
    bottom: Math.max(a, b),
  };
}

function bandShapes(layer: LayerOf<'band'>, frame: MarkFrame): PathShape[] {
  const { pen } = frame;
  const look = layerLook(layer, frame);
  const edge = (column: string) =>
    layer.rows.flatMap((row) => {
      const point = pointOf(row, { x: layer.x, y: column, isSecondary: false }, frame);
      return point === null ? [] : [point];
    });
  const [low, high] = [edge(layer.y[0]), edge(layer.y[1])];
  if (low.length < 2 || high.length < 2) return [];
  return [
    pen.path(`${pathThrough([...low, ...high.reverse()])}Z`, { fill: look.colour, opacity: 0.16 }),
  ];
}

export const UNKNOWN_BAR = 'n/a';

/** What stands in the place of a bar whose value is unknown. */
export function unknownTexts(frame: MarkFrame): TextShape[] {
  const { panel, reader, scales, area, pen, sizes } = frame;
  const style = pen.style(sizes.note);
  return panel.layers.flatMap((layer) => {
    if (layer.mark !== 'bars') return [];
    return layer.rows.flatMap((row) => {
      const place = reader.number(row, layer.place);
      if (place === null || reader.number(row, layer.value) !== null) return [];
      const middle = yAt(scales.y, place + laneOf(layer.lane).middle, area);
      const x = Math.max(area.left, xAt(scales.x, 0, area)) + 2;
      return [pen.text(UNKNOWN_BAR, style, { x, y: middle + sizes.note * 0.3, fill: INK })];
    });
  });
}

/** White to the first colour of the palette by value, which runs from 0 to 1. */
function cellShapes(layer: LayerOf<'cells'>, frame: MarkFrame): PathShape[] {
  const { pen } = frame;
  return layer.rows.flatMap((row) => {
    const box = cellBox(row, layer, frame);
    const value = frame.reader.number(row, layer.value);
    if (box === null) return [];
    const fill =
      value === null ? '#FFFFFF' : mix('#F3F3F3', frame.palette.colours[0] ?? GREY, value);
    return [
      pen.rectangle(
        box,
        { fill, stroke: { colour: '#FFFFFF', width: 0.5 } },
        datumOf(row, [layer.x, layer.y, layer.value], frame),
      ),
    ];
  });
}

function cellBox(
  row: number,
  layer: LayerOf<'cells'>,
  { reader, scales, area }: MarkFrame,
): Box | null {
  const x = reader.number(row, layer.x);
  const y = reader.number(row, layer.y);
  if (x === null || y === null) return null;
  return {
    left: xAt(scales.x, x - 0.5, area),
    right: xAt(scales.x, x + 0.5, area),
    top: yAt(scales.y, y - 0.5, area),
    bottom: yAt(scales.y, y + 0.5, area),
  };
}

/** Percent in every cell that has room for it. */
export function cellTexts(frame: MarkFrame): TextShape[] {
  const { panel, reader, pen, sizes } = frame;
  return panel.layers.flatMap((layer) => {
    if (layer.mark !== 'cells') return [];
    return layer.rows.flatMap((row) => {
      const box = cellBox(row, layer, frame);
      const value = reader.number(row, layer.value);
      if (box === null || value === null) return [];
      const [text = ''] = tickLabels([Math.round(value * 100) / 100], 'fraction');
      const style = pen.style(sizes.note);
      const isTooSmall =
        pen.fonts.width(text, style) > box.right - box.left - 1 ||
        sizes.note > box.bottom - box.top;
      if (isTooSmall) return [];
      return [
        pen.text(text, style, {
          x: (box.left + box.right) / 2,
          y: (box.top + box.bottom) / 2 + sizes.note * 0.32,
          anchor: 'middle',
          fill: value > 0.55 ? '#FFFFFF' : INK,
        }),
      ];
    });
  });
}

function mix(from: string, to: string, share: number): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const parts = [1, 3, 5].map((at) =>
    Math.round(
      channel(from, at) + (channel(to, at) - channel(from, at)) * Math.min(1, Math.max(0, share)),
    ),
  );
  return `#${parts
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()}`;
}
