/** Spreadsheets run cells that begin like a formula; a quote before them makes them text. */
const FORMULA = /^[=+\-@\t\r]/;

/** One line of CSV (RFC 4180). Numbers stay numbers; unknown is an empty cell. */
export function toCsvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

function toCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
