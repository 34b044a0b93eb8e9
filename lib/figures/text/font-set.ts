import * as fontkit from 'fontkit';
import { AppError } from '#lib/errors.ts';
import type { Box } from '../box.ts';

export type FontFamily = 'serif' | 'sans';
export type FontWeight = 'regular' | 'bold';
export type FontKey = `${FontFamily}-${FontWeight}` | 'han-simplified' | 'han-japanese';

/** Gives the bytes of a TrueType file; asked once for each font that a text needs. */
export type FontBytes = (key: FontKey) => Uint8Array;

export interface TextStyle {
  family: FontFamily;
  weight: FontWeight;
  size: number;
}

/** A stretch of a text in one font. */
export interface TextRun {
  font: FontKey;
  text: string;
  /** In points from the start of the text. */
  x: number;
  width: number;
  glyphs: readonly PlacedGlyph[];
}

export interface PlacedGlyph {
  id: number;
  /** In points from the start of the text and above the baseline. */
  x: number;
  y: number;
}

/** Of both families, in ems: what text covers above and below its baseline. */
const ASCENT = 0.74;
const DESCENT = 0.22;

/** In the order of trial where the family lacks a character. */
const FALLBACKS = ['han-simplified', 'han-japanese'] as const satisfies readonly FontKey[];

/** Measures and shapes text with the advance widths and kerning of the very fonts that the PDF embeds. */
export class FontSet {
  readonly bytes: FontBytes;
  private readonly fonts = new Map<FontKey, fontkit.Font>();
  private readonly outlines = new Map<string, string>();
  private readonly widths = new Map<string, TextRun[]>();

  constructor(bytes: FontBytes) {
    this.bytes = bytes;
  }

  width(text: string, style: TextStyle): number {
    const last = this.shape(text, style).at(-1);
    return last === undefined ? 0 : last.x + last.width;
  }

  /** Runs from left to right. Throws `unprocessable` and names the character that no font has. */
  shape(text: string, style: TextStyle): TextRun[] {
    const key = `${style.family} ${style.weight} ${style.size} ${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    const runs: TextRun[] = [];
    let x = 0;
    for (const { font, text: part } of this.split(text, style)) {
      const run = this.shapeRun(font, part, { x, size: style.size });
      runs.push(run);
      x += run.width;
    }
    if (this.widths.size > 20_000) this.widths.clear();
    this.widths.set(key, runs);
    return runs;
  }

  /** SVG path data of a glyph in its font's units, y upwards. */
  outline(font: FontKey, glyph: number): string {
    const key = `${font} ${glyph}`;
    const known = this.outlines.get(key);
    if (known !== undefined) return known;
    const d = this.font(font).getGlyph(glyph).path.toSVG();
    this.outlines.set(key, d);
    return d;
  }

  unitsPerEm(font: FontKey): number {
    return this.font(font).unitsPerEm;
  }

  /** The box of a text whose baseline starts at (x, y). */
  box(text: string, style: TextStyle, at: { x: number; y: number; turn: 0 | -90 }): Box {
    const width = this.width(text, style);
    const [up, down] = [ASCENT * style.size, DESCENT * style.size];
    return at.turn === 0
      ? { left: at.x, right: at.x + width, top: at.y - up, bottom: at.y + down }
      : { left: at.x - up, right: at.x + down, top: at.y - width, bottom: at.y };
  }

  private font(key: FontKey): fontkit.Font {
    const known = this.fonts.get(key);
    if (known !== undefined) return known;
    // Fontkit's types ask for a Buffer, its code for any bytes.
    const font = fontkit.create(this.bytes(key) as Buffer) as fontkit.Font;
    this.fonts.set(key, font);
    return font;
  }

  /** Word by word with the space behind it, as the PDF library does: both then add up the same kerning. */
  private shapeRun(key: FontKey, text: string, at: { x: number; size: number }): TextRun {
    const font = this.font(key);
    const scale = at.size / font.unitsPerEm;
    const glyphs: PlacedGlyph[] = [];
    let x = at.x;
    for (const word of text.split(/(?<= )/)) {
      const run = font.layout(word);
      run.glyphs.forEach((glyph, index) => {
        const position = run.positions[index];
        glyphs.push({
          id: glyph.id,
          x: x + (position?.xOffset ?? 0) * scale,
          y: (position?.yOffset ?? 0) * scale,
        });
        x += (position?.xAdvance ?? 0) * scale;
      });
    }
    return { font: key, text, x: at.x, width: x - at.x, glyphs };
  }

  private split(text: string, style: TextStyle): { font: FontKey; text: string }[] {
    if (RIGHT_TO_LEFT.test(text))
      refuseText(text, 'it is written from right to left, which drawings can not set');
    const own: FontKey = `${style.family}-${style.weight}`;
    const runs: { font: FontKey; text: string }[] = [];
    let fallback: FontKey | null = null;
    for (const character of text) {
      let font: FontKey = own;
      if (!this.has(own, character)) {
        fallback ??= this.chooseFallback(text, own);
        font = this.has(fallback, character) ? fallback : this.requireFont(character, text);
      }
      const last = runs.at(-1);
      if (last?.font === font) last.text += character;
      else runs.push({ font, text: character });
    }
    return runs;
  }

  /** One font for all that the family lacks, so that a name is not set in two hands. */
  private chooseFallback(text: string, own: FontKey): FontKey {
    const missing = Array.from(text).filter((character) => !this.has(own, character));
    return (
      FALLBACKS.find((font) => missing.every((character) => this.has(font, character))) ??
      FALLBACKS[0]
    );
  }

  private requireFont(character: string, text: string): FontKey {
    const font = FALLBACKS.find((one) => this.has(one, character));
    if (font !== undefined) return font;
    const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return refuseText(
      text,
      `no font here has its character ${JSON.stringify(character)} (U+${point})`,
    );
  }

  private has(key: FontKey, character: string): boolean {
    return this.font(key).hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
  }
}

/** Letters alone would come out in the wrong order beside others. */
const RIGHT_TO_LEFT = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u;

function refuseText(text: string, reason: string): never {
  throw new AppError(
    'unprocessable',
    `${JSON.stringify(text)} can not be drawn: ${reason}. Write its name in other letters on the run or in the spec, or leave it out with the filters of data; CSV files and Markdown tables hold it as it is.`,
  );
}

/** Composed characters, and one space where a name breaks its line. */
export function plainText(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
