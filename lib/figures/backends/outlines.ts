import type { Box } from '../box.ts';
import { coordinate, type Drawing, type PathShape } from '../drawing.ts';
import type { FontSet } from '../text/font-set.ts';

/** A glyph of a text: which outline, and where it stands. */
export interface OutlinedGlyph {
  outline: string;
  x: number;
  y: number;
}

/** A text as outlines: looks alike everywhere, with whatever fonts are installed there. */
export interface OutlinedText {
  kind: 'glyphs';
  text: string;
  x: number;
  y: number;
  turn: 0 | -90;
  fill: string;
  /** Font units to points. */
  scale: number;
  glyphs: OutlinedGlyph[];
}

export type OutlinedShape =
  PathShape | OutlinedText | { kind: 'clip'; box: Box; shapes: (PathShape | OutlinedText)[] };

/** A drawing without fonts, for the SVG file, the rasteriser and the page. */
export interface OutlinedDrawing {
  width: number;
  height: number;
  /** Path data by outline id, y upwards in font units. */
  outlines: Record<string, string>;
  shapes: OutlinedShape[];
}

/** Replaces every text by the outlines of its glyphs. */
export function outlineDrawing(drawing: Drawing, fonts: FontSet): OutlinedDrawing {
  const outlines: Record<string, string> = {};
  const names = new Map<string, string>();
  const nameOf = (font: Parameters<FontSet['outline']>[0], glyph: number): string => {
    const key = `${font} ${glyph}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = `g${names.size}`;
    names.set(key, name);
    outlines[name] = fonts.outline(font, glyph);
    return name;
  };
  const outlineText = (
    shape: Extract<Drawing['shapes'][number], { kind: 'text' }>,
  ): OutlinedText[] =>
    fonts.shape(shape.text, shape).map((run) => {
      const scale = shape.size / fonts.unitsPerEm(run.font);
      return {
        kind: 'glyphs',
        text: run.text,
        x: shape.x,
        y: shape.y,
        turn: shape.turn,
        fill: shape.fill,
        scale,
        glyphs: run.glyphs
          .map(({ id, x, y }) => ({ outline: nameOf(run.font, id), x: x / scale, y: y / scale }))
          .filter(({ outline }) => outlines[outline] !== ''),
      };
    });
  const shapes = drawing.shapes.flatMap((shape): OutlinedShape[] => {
    if (shape.kind === 'text') return outlineText(shape);
    if (shape.kind === 'path') return [shape];
    const inner = shape.shapes.flatMap((one): (PathShape | OutlinedText)[] =>
      one.kind === 'text' ? outlineText(one) : [one],
    );
    return [{ kind: 'clip', box: shape.box, shapes: inner }];
  });
  return { width: drawing.width, height: drawing.height, outlines, shapes };
}

/** The SVG transform of a text's glyphs: they are drawn upwards in font units. */
export function textTransform({ x, y, turn, scale }: OutlinedText): string {
  const place = `translate(${coordinate(x)} ${coordinate(y)})`;
  const factor = Number(scale.toPrecision(8));
  return `${place}${turn === 0 ? '' : ` rotate(${turn})`} scale(${factor} ${-factor})`;
}
