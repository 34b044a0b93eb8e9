import type { Cell, FigureData } from '../figure-data.ts';

/** All columns, numbers in full, texts quoted where they must be (RFC 4180); unknown is empty. */
export function toCsv({ columns, rows }: FigureData): string {
  const lines = [columns.map(({ id }) => id), ...rows].map((cells) => cells.map(csvCell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

/** A spreadsheet must not take a name for a formula. */
function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * What the LaTeX picture reads: the number columns alone, with the row's number in front. Names stay out: TeX would
 * take `%`, `\` or `,` in them for its own signs.
 */
export function toPlotCsv({ columns, rows }: FigureData): string {
  const places = columns.flatMap(({ kind }, index) => (kind === 'number' ? [index] : []));
  const header = ['row', ...places.map((place) => columns[place]?.id ?? '')];
  const lines = rows.map((cells, row) => [
    String(row),
    ...places.map((place) => {
      const cell = cells[place];
      return typeof cell === 'number' ? String(cell) : 'nan';
    }),
  ]);
  return `${[header, ...lines].map((cells) => cells.join(',')).join('\n')}\n`;
}
