import { DataReader, type Cell, type FigureData } from '../figure-data.ts';
import type { Plot } from '../plot.ts';
import { numberBlocks } from './plot-blocks.ts';

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
 * What the LaTeX picture reads: the number columns alone, block by block, with the number of the block and of the data row
 * in front. Names stay out: TeX would take `%`, `\\` or `,` in them for its own signs.
 */
export function toPlotCsv(data: FigureData, plot: Plot): string {
  const { columns, rows } = data;
  const places = columns.flatMap(({ kind }, index) => (kind === 'number' ? [index] : []));
  const header = ['block', 'row', ...places.map((place) => columns[place]?.id ?? '')];
  const blocks = [...numberBlocks(plot, new DataReader(data)).values()].flatMap((layer) =>
    [layer.own, layer.xWhiskers, layer.yWhiskers].filter((block) => block !== null),
  );
  const lines = blocks.flatMap((block) =>
    block.rows.map((row) => [
      String(block.number),
      String(row),
      ...places.map((place) => {
        const cell = rows[row]?.[place];
        return typeof cell === 'number' ? String(cell) : 'nan';
      }),
    ]),
  );
  return `${[header, ...lines].map((cells) => cells.join(',')).join('\n')}\n`;
}
