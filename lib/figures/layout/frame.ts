import type { Box } from '../box.ts';
import type { Shape } from '../drawing.ts';
import { HAIR, INK } from '../palettes.ts';
import type { Axis, Panel } from '../plot.ts';
import type { FontSizes } from '../venues.ts';
import { fitText, wrapText } from '../text/wrap.ts';
import { LINE, type Pen } from './pen.ts';
import { createScale, type FitTest, type Scale } from './scale.ts';
import type { Tick } from './ticks.ts';

/** The values that an axis has to hold. */
export interface PanelValues {
  x: number[];
  y: number[];
  y2: number[];
}

export interface Scales {
  x: Scale;
  y: Scale;
  y2: Scale | null;
}

/** What stands around the area where data is drawn. */
export interface Margins {
  /** Of the widest name or tick label at the left. */
  names: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const TICK = 2.5;
const TICK_GAP = 2;
const LABEL_GAP = 3;
/** Room that names of places may take, of the width of a panel. */
const NAME_SHARE = 0.42;

interface Room {
  width: number;
  height: number;
}

/** Whether category names on the x axis are read upwards: they would not fit side by side. */
function isTurned(axis: Axis, pen: Pen, { width, size }: { width: number; size: number }): boolean {
  if (axis.kind !== 'category') return false;
  const place = width / Math.max(1, axis.names.length);
  return axis.names.some((name) => pen.width(name, size) > place - 3);
}

/** The lines of a category name on the y axis, or its one line elsewhere. */
function nameLines(
  pen: Pen,
  name: string,
  { room, size, maxLines }: { room: number; size: number; maxLines: number },
): string[] {
  return wrapText(pen.fonts, name, pen.style(size), { room, maxLines });
}

function linesPerPlace(axis: Axis, height: number, size: number): number {
  if (axis.kind !== 'category') return 1;
  return Math.max(1, Math.min(3, Math.floor(height / axis.names.length / (size * 1.1))));
}

/** Margins that hold ticks, names and titles of a panel, for the room it has. */
export function measureMargins(
  panel: Panel,
  values: PanelValues,
  { pen, sizes, room }: { pen: Pen; sizes: FontSizes; room: Room },
): Margins {
  const { tick, label, title } = sizes;
  const height = room.height;
  const yTicks = createScale(panel.y, values.y, fitsVertically(height * 0.7, tick)).ticks;
  const widest = (ticks: readonly Tick[]) =>
    Math.max(0, ...ticks.map((one) => pen.width(one.label, tick)));
  const nameWidth =
    panel.y.kind === 'category'
      ? Math.max(
          0,
          ...panel.y.names
            .flatMap((name) =>
              nameLines(pen, name, {
                room: room.width * NAME_SHARE,
                size: tick,
                maxLines: linesPerPlace(panel.y, height * 0.75, tick),
              }),
            )
            .map((line) => pen.width(line, tick)),
        )
      : widest(yTicks);
  const left = nameWidth + TICK + TICK_GAP + (panel.y.label === '' ? 0 : label * 1.1 + LABEL_GAP);
  const y2Ticks =
    panel.y2 === null
      ? []
      : createScale(panel.y2, values.y2, fitsVertically(height * 0.7, tick)).ticks;
  const xTicks = createScale(
    panel.x,
    values.x,
    fitsHorizontally(room.width * 0.7, pen, tick),
  ).ticks;
  const overhang = panel.x.kind === 'category' ? 2 : widest(xTicks) / 2;
  const right =
    panel.y2 === null
      ? Math.max(2, overhang)
      : widest(y2Ticks) + TICK + TICK_GAP + label * 1.1 + LABEL_GAP + 1;
  const turned = isTurned(panel.x, pen, { width: room.width - left - right, size: tick });
  const xTickHeight =
    turned && panel.x.kind === 'category'
      ? Math.min(height * 0.45, Math.max(...panel.x.names.map((name) => pen.width(name, tick))))
      : tick * 0.95;
  return {
    names: nameWidth,
    left,
    right,
    top: (panel.title === null ? tick * 0.5 : title * 1.35) + 1,
    bottom:
      TICK + TICK_GAP + xTickHeight + (panel.x.label === '' ? 1 : label * 1.15 + LABEL_GAP - 1),
  };
}

export function createScales(
  panel: Panel,
  values: PanelValues,
  { pen, sizes, area }: { pen: Pen; sizes: FontSizes; area: Box },
): Scales {
  const [width, height] = [area.right - area.left, area.bottom - area.top];
  const vertical = fitsVertically(height, sizes.tick);
  return {
    x: createScale(panel.x, values.x, fitsHorizontally(width, pen, sizes.tick)),
    y: createScale(panel.y, values.y, vertical),
    y2: panel.y2 === null ? null : createScale(panel.y2, values.y2, vertical),
  };
}

/** Seven ticks at most, and as much air between two labels as a label's digit is wide. */
function fitsHorizontally(width: number, pen: Pen, size: number): FitTest {
  return (ticks) => {
    if (ticks.length > 8) return false;
    const spans = ticks
      .map(({ label, place }) => ({ middle: place * width, half: pen.width(label, size) / 2 }))
      .sort((a, b) => a.middle - b.middle);
    return spans.every(({ middle, half }, index) => {
      const next = spans[index + 1];
      return next === undefined || next.middle - next.half - (middle + half) >= size * 0.7;
    });
  };
}

function fitsVertically(height: number, size: number): FitTest {
  return (ticks) => {
    const places = ticks.map(({ place }) => place * height).sort((a, b) => a - b);
    return (
      ticks.length <= 7 &&
      places.every((place, index) => (places[index + 1] ?? Infinity) - place >= size * 1.7)
    );
  };
}

/** Grid, axes, ticks and their labels, the titles of axes and panel. */
export function frameShapes(panel: Panel, scales: Scales, frame: AxisFrame): Shape[] {
  const { pen, area } = frame;
  return [
    ...gridShapes(panel, scales, pen, area),
    ...xAxisShapes(panel.x, scales.x, frame),
    ...yAxisShapes(panel.y, scales.y, { ...frame, side: 'left' }),
    ...(panel.y2 === null || scales.y2 === null
      ? []
      : yAxisShapes(panel.y2, scales.y2, { ...frame, side: 'right' })),
    ...titleShapes(panel.title, frame),
  ];
}

function gridShapes(panel: Panel, scales: Scales, pen: Pen, area: Box): Shape[] {
  const isMap = panel.layers.some(({ mark }) => mark === 'cells');
  if (isMap) return [];
  const hair = { colour: HAIR, width: LINE.hair };
  if (panel.y.kind === 'category') {
    return scales.x.ticks.map((tick) => {
      const x = xAt(scales.x, tick.value, area);
      return pen.line(
        [
          [x, area.top],
          [x, area.bottom],
        ],
        hair,
      );
    });
  }
  return scales.y.ticks.map((tick) => {
    const y = yAt(scales.y, tick.value, area);
    return pen.line(
      [
        [area.left, y],
        [area.right, y],
      ],
      hair,
    );
  });
}

export function xAt(scale: Scale, value: number, area: Box): number {
  return area.left + scale.place(value) * (area.right - area.left);
}

/** Numbers grow upwards; places are read from the top. */
export function yAt(scale: Scale, value: number, area: Box): number {
  const place = scale.axis.kind === 'category' ? 1 - scale.place(value) : scale.place(value);
  return area.bottom - place * (area.bottom - area.top);
}

export interface AxisFrame {
  pen: Pen;
  sizes: FontSizes;
  area: Box;
  /** As the margins measured it. */
  names: number;
}

function xAxisShapes(axis: Axis, scale: Scale, { pen, sizes, area }: AxisFrame): Shape[] {
  const line = { colour: INK, width: LINE.axis };
  const width = area.right - area.left;
  const turned = isTurned(axis, pen, { width, size: sizes.tick });
  const style = pen.style(sizes.tick);
  const shapes: Shape[] = [
    pen.line(
      [
        [area.left, area.bottom],
        [area.right, area.bottom],
      ],
      line,
    ),
  ];
  let deepest = sizes.tick * 0.95;
  for (const { value, label } of scale.ticks) {
    const x = xAt(scale, value, area);
    if (axis.kind === 'number')
      shapes.push(
        pen.line(
          [
            [x, area.bottom],
            [x, area.bottom + TICK],
          ],
          line,
        ),
      );
    const top = area.bottom + TICK + TICK_GAP;
    if (turned) {
      const text = fitText(pen.fonts, label, style, (area.bottom - area.top) * 0.8);
      const length = pen.fonts.width(text, style);
      deepest = Math.max(deepest, length);
      shapes.push(
        pen.text(text, style, { x: x + sizes.tick * 0.3, y: top + length, turn: -90, fill: INK }),
      );
    } else {
      shapes.push(
        pen.text(label, style, { x, y: top + sizes.tick * 0.72, anchor: 'middle', fill: INK }),
      );
    }
  }
  if (axis.label !== '') {
    const label = fitText(pen.fonts, axis.label, pen.style(sizes.label), width + 20);
    const half = pen.width(label, sizes.label) / 2;
    const middle = Math.max(area.left + width / 2, half + 1);
    shapes.push(
      pen.text(label, pen.style(sizes.label), {
        x: middle,
        y: area.bottom + TICK + TICK_GAP + deepest + LABEL_GAP + sizes.label * 0.7,
        anchor: 'middle',
        fill: INK,
      }),
    );
  }
  return shapes;
}

function yAxisShapes(
  axis: Axis,
  scale: Scale,
  frame: AxisFrame & { side: 'left' | 'right' },
): Shape[] {
  const { pen, sizes, area, side } = frame;
  const line = { colour: INK, width: LINE.axis };
  const out = side === 'left' ? -1 : 1;
  const x = side === 'left' ? area.left : area.right;
  const style = pen.style(sizes.tick);
  const height = area.bottom - area.top;
  const shapes: Shape[] = [
    pen.line(
      [
        [x, area.top],
        [x, area.bottom],
      ],
      line,
    ),
  ];
  let widest = 0;
  for (const { value, label } of scale.ticks) {
    const y = yAt(scale, value, area);
    if (axis.kind === 'number')
      shapes.push(
        pen.line(
          [
            [x, y],
            [x + out * TICK, y],
          ],
          line,
        ),
      );
    const lines =
      axis.kind === 'category'
        ? nameLines(pen, label, {
            room: frame.names + 0.01,
            size: sizes.tick,
            maxLines: linesPerPlace(axis, height, sizes.tick),
          })
        : [label];
    const lineHeight = sizes.tick * 1.08;
    lines.forEach((text, index) => {
      const baseline = y + sizes.tick * 0.3 + (index - (lines.length - 1) / 2) * lineHeight;
      widest = Math.max(widest, pen.fonts.width(text, style));
      shapes.push(
        pen.text(text, style, {
          x: x + out * (TICK + TICK_GAP),
          y: baseline,
          anchor: side === 'left' ? 'end' : 'start',
          fill: INK,
        }),
      );
    });
  }
  if (axis.label === '') return shapes;
  const label = fitText(pen.fonts, axis.label, pen.style(sizes.label), height + 12);
  const gap = TICK + TICK_GAP + widest + LABEL_GAP;
  const half = pen.width(label, sizes.label) / 2;
  shapes.push(
    pen.text(label, pen.style(sizes.label), {
      x: side === 'left' ? x - gap - sizes.label * 0.22 : x + gap + sizes.label * 0.78,
      y: Math.max((area.top + area.bottom) / 2, half + 1),
      anchor: 'middle',
      turn: -90,
      fill: INK,
    }),
  );
  return shapes;
}

function titleShapes(title: string | null, { pen, sizes, area }: AxisFrame): Shape[] {
  if (title === null) return [];
  const style = pen.style(sizes.title, 'bold');
  const text = fitText(pen.fonts, title, style, area.right - area.left + 10);
  const half = pen.fonts.width(text, style) / 2;
  const middle = Math.max((area.left + area.right) / 2, half + 1);
  return [
    pen.text(text, style, {
      x: middle,
      y: area.top - sizes.title * 0.45,
      anchor: 'middle',
      fill: INK,
    }),
  ];
}
