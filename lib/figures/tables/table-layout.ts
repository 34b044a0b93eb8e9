/** How a number is written: fractions in percent, small p values as less than what is shown, a metric by the unit of its row. */
export type PrintUnit = 'text' | 'fraction' | 'tokens' | 'number' | 'p' | 'rank' | 'metric';

/** A cell of a printed table. */
export interface TableCell {
  /** Null is printed as a dash; a text as it is. */
  value: number | string | null;
  /** Half the width of the interval; null when unknown or not wanted. */
  halfWidth: number | null;
  isBest: boolean;
  /** Where the rows of a column are measured in different units. */
  as?: Pick<TableColumn, 'unit' | 'decimals'>;
}

export interface TableColumn {
  label: string;
  unit: PrintUnit;
  decimals: number;
}

/** A table with columns in groups under a common heading; every row has one cell for every column. */
export interface TableLayout {
  /** Of the first column. */
  rowLabel: string;
  groups: { label: string; columns: TableColumn[] }[];
  /** Rows in blocks, parted by a rule and headed where the heading is not null. */
  blocks: { heading: string | null; rows: { label: string; cells: TableCell[] }[] }[];
}
