import type { FontSet, TextStyle } from './font-set.ts';

/** The text, or as much of both its ends as fits around an ellipsis: names differ at either end. */
export function fitText(fonts: FontSet, text: string, style: TextStyle, room: number): string {
  if (fonts.width(text, style) <= room) return text;
  const characters = Array.from(text);
  for (let kept = characters.length - 1; kept >= 2; kept -= 1) {
    const head = Math.ceil(kept * 0.6);
    const cut = `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`;
    if (fonts.width(cut, style) <= room) return cut;
  }
  return '…';
}

/** Lines that fit, broken after spaces and the signs that join names; at most `maxLines`, the last one cut. */
export function wrapText(
  fonts: FontSet,
  text: string,
  style: TextStyle,
  { room, maxLines }: { room: number; maxLines: number },
): string[] {
  const parts = text.match(/[^\s\-_/:,]+[\s\-_/:,]*|[\s\-_/:,]+/g) ?? [text];
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && fonts.width((line + part).trimEnd(), style) > room) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  lines.push(line.trimEnd());
  const kept = lines.slice(0, maxLines);
  if (lines.length > maxLines) {
    kept[maxLines - 1] = lines.slice(maxLines - 1).join(' ');
  }
  return kept.map((one) => fitText(fonts, one, style, room));
}
