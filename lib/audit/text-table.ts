/** What a terminal shows without breaking lines, and a page of a mail too. */
const MAX_WIDTH = 100;
/** A longer name in the first column stands on a line of its own, so that it does not widen the table. */
const MAX_NAME = 24;

/** Columns as wide as their widest cell; the first at the left, the others at the right. */
export function toTable(rows: readonly (readonly string[])[]): string {
  const names = rows.map(([name = '']) => name).filter((name) => name.length <= MAX_NAME);
  const widths = (rows[0] ?? []).map((_, column) =>
    column === 0
      ? Math.max(0, ...names.map((name) => name.length))
      : Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) => {
    const [name = '', ...cells] = row;
    const isLong = name.length > MAX_NAME;
    const start = `${isLong ? `${name}\n` : ''}${(isLong ? '' : name).padEnd(widths[0] ?? 0)}`;
    return [start, ...cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))];
  });
  return lines.map((cells) => cells.join('  ').trimEnd()).join('\n');
}

/** Whether a table can be read in a terminal; the lines of long names do not count. */
export function isNarrow(table: string): boolean {
  return table.split('\n').every((line) => line.length <= MAX_WIDTH || !line.includes('  '));
}
