import type { TableCell, TableColumn, TableLayout } from './table-layout.ts';

/** A cell as printed: percent for fractions, a fixed number of decimals; halves go up as in printed tables. */
export function printCell(
  { value, halfWidth, as }: TableCell,
  column: TableColumn,
): { value: string; halfWidth: string | null } | null {
  const { unit, decimals } = as ?? column;
  if (value === null || value === '') return null;
  if (typeof value === 'string') return { value, halfWidth: null };
  const factor = unit === 'fraction' ? 100 : 1;
  if (unit === 'p' && value < 10 ** -decimals)
    return { value: `< ${(10 ** -decimals).toFixed(decimals)}`, halfWidth: null };
  return {
    value: round(value * factor, decimals),
    halfWidth: halfWidth === null ? null : round(halfWidth * factor, decimals),
  };
}

/** The hair below a half that binary fractions leave is taken away first; nothing is minus nothing. */
function round(value: number, decimals: number): string {
  const factor = 10 ** decimals;
  const rounded = Math.round(Number((value * factor).toPrecision(12))) / factor;
  return (rounded === 0 ? 0 : rounded).toFixed(decimals);
}

export interface PrintedTable {
  /** What its author must know of how it stands on a page, in sentences. */
  notes: string[];
  head: string[];
  /** Of the columns behind the first: words, which stand at the left. */
  isText: boolean[];
  rows: { label: string; cells: { text: string; isBest: boolean }[] }[];
}

/** The cells of a table as texts; headings of groups and blocks stand beside the names they are over. */
export function printTable(layout: TableLayout): Omit<PrintedTable, 'notes'> {
  const columns = layout.groups.flatMap((group) =>
    group.columns.map((column) => ({
      ...column,
      heading: group.label === '' ? column.label : `${group.label}: ${column.label}`,
    })),
  );
  const rows = layout.blocks.flatMap((block) =>
    block.rows.map(({ label, cells }) => ({
      label: block.heading === null ? label : `${label} (${block.heading})`,
      cells: cells.map((cell, place) => ({
        text: printText(cell, columns[place]),
        isBest: cell.isBest,
      })),
    })),
  );
  return {
    head: [layout.rowLabel, ...columns.map(({ heading }) => heading)],
    isText: columns.map(({ unit }) => unit === 'text'),
    rows,
  };
}

/** A cell as text: a dash where the value is unknown, the half width behind it where it is known. */
export function printText(cell: TableCell, column: TableColumn | undefined): string {
  const printed = column === undefined ? null : printCell(cell, column);
  if (printed === null) return '–';
  return printed.halfWidth === null ? printed.value : `${printed.value} ± ${printed.halfWidth}`;
}
