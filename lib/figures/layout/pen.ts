import type { Box } from '../box.ts';
import { coordinate, type Datum, type PathShape, type TextShape } from '../drawing.ts';
import type { FontSet, TextStyle } from '../text/font-set.ts';

/** Lines in points; no venue takes thinner ones than a hair. */
export const LINE = { series: 1, axis: 0.5, hair: 0.5, whisker: 0.6, range: 3.6 } as const;

export interface Stroke {
  colour: string;
  width: number;
  dash?: readonly number[];
}

/** Makes the shapes of a drawing with one family of fonts. */
export class Pen {
  readonly fonts: FontSet;
  readonly family: TextStyle['family'];

  constructor(fonts: FontSet, family: TextStyle['family']) {
    this.fonts = fonts;
    this.family = family;
  }

  style(size: number, weight: TextStyle['weight'] = 'regular'): TextStyle {
    return { family: this.family, weight, size };
  }

  width(text: string, size: number): number {
    return this.fonts.width(text, this.style(size));
  }

  /** A text whose start, middle or end is at x, with its baseline at y; or the same read upwards. */
  text(
    text: string,
    style: TextStyle,
    at: { x: number; y: number; anchor?: 'start' | 'middle' | 'end'; turn?: 0 | -90; fill: string },
  ): TextShape {
    const { anchor = 'start', turn = 0 } = at;
    const shift =
      anchor === 'start' ? 0 : this.fonts.width(text, style) * (anchor === 'middle' ? 0.5 : 1);
    const x = turn === 0 ? at.x - shift : at.x;
    const y = turn === 0 ? at.y : at.y + shift;
    const box = this.fonts.box(text, style, { x, y, turn });
    return { kind: 'text', text, x, y, turn, ...style, fill: at.fill, box };
  }

  line(
    points: readonly (readonly [number, number])[],
    stroke: Stroke,
    datum: Datum | null = null,
  ): PathShape {
    return this.path(pathThrough(points), { stroke }, datum);
  }

  rectangle(
    box: Box,
    paint: { fill: string; opacity?: number; stroke?: Stroke },
    datum: Datum | null = null,
  ): PathShape {
    const { left, top, right, bottom } = box;
    const d = `M${coordinate(left)} ${coordinate(top)}H${coordinate(right)}V${coordinate(bottom)}H${coordinate(left)}Z`;
    return this.path(d, paint, datum);
  }

  path(
    d: string,
    paint: { fill?: string; stroke?: Stroke; opacity?: number },
    datum: Datum | null = null,
  ): PathShape {
    const { stroke } = paint;
    return {
      kind: 'path',
      d,
      fill: paint.fill ?? null,
      stroke: stroke?.colour ?? null,
      width: stroke?.width ?? 0,
      dash: stroke?.dash ?? [],
      opacity: paint.opacity ?? 1,
      datum,
    };
  }
}

export function pathThrough(points: readonly (readonly [number, number])[]): string {
  return `M${points.map(([x, y]) => `${coordinate(x)} ${coordinate(y)}`).join('L')}`;
}
