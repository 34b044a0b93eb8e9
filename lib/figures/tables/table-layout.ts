/** A cell of a printed table. */
export interface TableCell {
  /** Null is printed as a dash. */
  value: number | null;
  /** Half the width of the interval; null when unknown or not wanted. */
  halfWidth: number | null;
  isBest: boolean;
}

export interface TableColumn {
  label: string;
  unit: 'fraction' | 'tokens' | 'number';
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
