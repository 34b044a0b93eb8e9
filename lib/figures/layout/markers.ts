import { coordinate } from '../drawing.ts';
import type { MarkerShape } from '../looks.ts';

/** Path data of a marker around a point; all shapes cover about the same area. `radius` is that of the circle. */
export function markerPath(shape: MarkerShape, x: number, y: number, radius: number): string {
  switch (shape) {
    case 'circle':
      return circlePath(x, y, radius);
    case 'square':
      return polygon(x, y, corners(4, radius * 1.25, Math.PI / 4));
    case 'diamond':
      return polygon(x, y, corners(4, radius * 1.3, 0));
    case 'triangle':
      return polygon(x, y, corners(3, radius * 1.45, -Math.PI / 2));
    case 'wedge':
      return polygon(x, y, corners(3, radius * 1.45, Math.PI / 2));
    case 'pentagon':
      return polygon(x, y, corners(5, radius * 1.15, -Math.PI / 2));
    case 'star':
      return polygon(
        x,
        y,
        Array.from({ length: 10 }, (_, index) => {
          const reach = radius * (index % 2 === 0 ? 1.75 : 0.72);
          const angle = -Math.PI / 2 + (index * Math.PI) / 5;
          return [reach * Math.cos(angle), reach * Math.sin(angle)];
        }),
      );
    case 'cross':
      return strokes(x, y, radius, Math.PI / 4);
    case 'plus':
      return strokes(x, y, radius * 1.1, 0);
  }
}

/** Four cubic curves: arcs differ between rasterisers, curves do not. */
function circlePath(x: number, y: number, r: number): string {
  const k = r * 0.552_284_75;
  const at = (dx: number, dy: number) => `${coordinate(x + dx)} ${coordinate(y + dy)}`;
  return [
    `M${at(r, 0)}`,
    `C${at(r, k)} ${at(k, r)} ${at(0, r)}`,
    `C${at(-k, r)} ${at(-r, k)} ${at(-r, 0)}`,
    `C${at(-r, -k)} ${at(-k, -r)} ${at(0, -r)}`,
    `C${at(k, -r)} ${at(r, -k)} ${at(r, 0)}Z`,
  ].join('');
}

function corners(count: number, reach: number, turn: number): [number, number][] {
  return Array.from({ length: count }, (_, index) => {
    const angle = turn + (index * 2 * Math.PI) / count;
    return [reach * Math.cos(angle), reach * Math.sin(angle)];
  });
}

function polygon(x: number, y: number, points: readonly (readonly number[])[]): string {
  const at = points.map(([dx = 0, dy = 0]) => `${coordinate(x + dx)} ${coordinate(y + dy)}`);
  return `M${at.join('L')}Z`;
}

function strokes(x: number, y: number, reach: number, turn: number): string {
  return [turn, turn + Math.PI / 2]
    .map((angle) => {
      const [dx, dy] = [reach * Math.cos(angle), reach * Math.sin(angle)];
      return `M${coordinate(x - dx)} ${coordinate(y - dy)}L${coordinate(x + dx)} ${coordinate(y + dy)}`;
    })
    .join('');
}
