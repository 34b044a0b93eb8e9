import type { Box } from '../box.ts';
import { isStroked } from '../looks.ts';
import type { Layer } from '../plot.ts';
import { xAt, yAt } from './frame.ts';
import type { Obstacles, Segment } from './label-places.ts';
import { MARKER_RADIUS } from './legend.ts';
import {
  barBox,
  histogramBox,
  layerLook,
  linePoints,
  pointOf,
  whiskerPaths,
  type MarkFrame,
} from './marks.ts';

/** What the marks of a panel leave no room for, and the lines that a text had better not stand on. */
export function panelObstacles(frame: MarkFrame): Obstacles {
  const boxes: Box[] = [];
  const lines: Segment[] = [];
  for (const layer of frame.panel.layers) {
    boxes.push(...boxesOf(layer, frame));
    lines.push(...linesOf(layer, frame));
  }
  return { boxes, lines };
}

function boxesOf(layer: Layer, frame: MarkFrame): Box[] {
  const each = (boxOf: (row: number) => Box | null) =>
    layer.rows.flatMap((row) => boxOf(row) ?? []);
  switch (layer.mark) {
    case 'points': {
      const look = layerLook(layer, frame);
      const reach = MARKER_RADIUS * (isStroked(look.shape) ? 1 : 1.35);
      return each((row) => {
        const point = pointOf(row, layer, frame);
        if (point === null) return null;
        const [x, y] = point;
        return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
      });
    }
    case 'bars':
      return each((row) => barBox(row, layer, frame));
    case 'boxes':
      return each((row) => histogramBox(row, layer, frame));
    default:
      return [];
  }
}

function linesOf(layer: Layer, frame: MarkFrame): Segment[] {
  const { area, scales } = frame;
  switch (layer.mark) {
    case 'line':
      return segmentsOf(linePoints(layer, frame));
    case 'points':
      return layer.rows.flatMap((row) =>
        whiskerPaths(row, layer, frame).flatMap((d) => segmentsOf(pointsOf(d))),
      );
    case 'rule': {
      if (layer.across === 'x') {
        const x = xAt(scales.x, layer.at, area);
        return [{ x1: x, x2: x, y1: area.top, y2: area.bottom }];
      }
      const y = yAt(scales.y, layer.at, area);
      return [{ x1: area.left, x2: area.right, y1: y, y2: y }];
    }
    default:
      return [];
  }
}

function segmentsOf(points: readonly (readonly number[])[]): Segment[] {
  return points.slice(1).map(([x2 = 0, y2 = 0], index) => {
    const [x1 = 0, y1 = 0] = points[index] ?? [];
    return { x1, y1, x2, y2 };
  });
}

function pointsOf(d: string): number[][] {
  return d
    .slice(1)
    .split('L')
    .map((pair) => pair.split(' ').map(Number));
}
