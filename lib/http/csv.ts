type Cell = string | number | null;

/** Spreadsheets run a cell that begins so; a quote before it makes it text (OWASP, CSV injection). */
const FORMULA = /^[\t\r=+\-@]/;

/** One line of RFC 4180. Unknown is an empty cell. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

function toCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[\n\r",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
