import type { TextShape } from '../drawing.ts';
import { INK } from '../palettes.ts';
import { placeLabels, type LabelWish, type Obstacles } from './label-places.ts';
import { lookOf, MARKER_RADIUS } from './legend.ts';
import { pointOf, type MarkFrame } from './marks.ts';
import type { PlacedTexts } from './reader-texts.ts';

/** Names beside points, away from markers, whiskers, lines, one another and what already stands there. */
export function pointNames(frame: MarkFrame, obstacles: Obstacles): PlacedTexts {
  const { panel, reader, pen, sizes, area } = frame;
  const style = pen.style(sizes.note);
  const height = sizes.note * 0.96;
  const wishes: (LabelWish & { text: string; row: number })[] = [];
  for (const layer of panel.layers) {
    if (layer.mark !== 'points' || layer.label === null) continue;
    for (const row of layer.rows) {
      const point = pointOf(row, layer, frame);
      const text = reader.text(row, layer.label);
      if (point === null || text === '') continue;
      const [x, y] = point;
      wishes.push({ text, row, x, y, width: pen.fonts.width(text, style), height });
    }
  }
  // Short names fit into gaps that the long ones leave them least of.
  const sorted = wishes.toSorted((a, b) => a.width - b.width);
  const places = placeLabels(
    sorted.map((wish) => ({ ...wish, width: wish.width + 2 * MARKER_RADIUS + 1 })),
    obstacles,
    { ...area, left: area.left + 1, right: area.right + 2 },
  );
  const placed: PlacedTexts = { texts: [], unplaced: [], offsets: [] };
  sorted.forEach(({ text, row, x, y }, index) => {
    const box = places[index];
    if (box == null) {
      placed.unplaced.push(text);
      return;
    }
    const middle = (box.left + box.right) / 2;
    placed.offsets.push({
      of: { kind: 'row', row },
      right: middle - x,
      down: (box.top + box.bottom) / 2 - y,
      lines: [text],
    });
    const at = { x: middle, y: box.top + height * 0.78, anchor: 'middle', fill: INK } as const;
    placed.texts.push(pen.text(text, style, at));
  });
  return placed;
}

/** The name of each series in its colour beside one of its points: its last where there is room. */
export function directLabels(
  frame: MarkFrame,
  taken: Obstacles,
): { texts: TextShape[]; unplaced: string[] } {
  const { plot, panel, pen, sizes, area, palette } = frame;
  const style = pen.style(sizes.legend, 'bold');
  const height = sizes.legend * 0.96;
  const boxes = [...taken.boxes];
  const unplaced: string[] = [];
  const texts = plot.series.flatMap((series, index) => {
    const layers = panel.layers.filter(
      (layer) => layer.series === index && (layer.mark === 'points' || layer.mark === 'line'),
    );
    const points = layers.flatMap((layer) =>
      layer.mark === 'points' || layer.mark === 'line'
        ? layer.rows.flatMap((row) => [pointOf(row, layer, frame)])
        : [],
    );
    const width = pen.fonts.width(series.name, style) + 2 * MARKER_RADIUS + 1;
    for (const point of points.reverse()) {
      if (point === null) continue;
      const [place] = placeLabels(
        [{ x: point[0], y: point[1], width, height }],
        { boxes, lines: taken.lines },
        area,
      );
      if (place == null) continue;
      boxes.push(place);
      const at = {
        x: (place.left + place.right) / 2,
        y: place.top + height * 0.78,
        anchor: 'middle',
      } as const;
      return [pen.text(series.name, style, { ...at, fill: lookOf(series, palette).colour })];
    }
    if (points.length > 0) unplaced.push(series.name);
    return [];
  });
  return { texts, unplaced };
}
