import { printTable } from './print-cell.ts';
import type { TableLayout } from './table-layout.ts';

/** The same table for a README or an issue; best values in bold. */
export function toMarkdownTable(layout: TableLayout, caption: string): string {
  const { head, isText, rows } = printTable(layout);
  const lines = [
    head.map(escape),
    head.map((_, index) => (index === 0 || isText[index - 1] === true ? ':--' : '--:')),
    ...rows.map(({ label, cells }) => [
      escape(label),
      ...cells.map(({ text, isBest }) => (isBest ? `**${escape(text)}**` : escape(text))),
    ]),
  ].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n\n${escape(caption)}\n`;
}

function escape(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>|#~]/g, (sign) => `\\${sign}`)
    .replaceAll('&', '&amp;');
}
