import { AppError } from '#lib/errors.ts';
import type { PrintUnit } from './tables/table-layout.ts';

export type Cell = string | number | null;

/** A column of a figure's data. Numbers are as the API gives them: fractions from 0 to 1, lengths in the length column. */
export interface DataColumn {
  /** Letters, digits and underscores: LaTeX and CSV read it as it is. */
  readonly id: string;
  readonly kind: 'number' | 'text';
  /** How a page heads and writes it; columns of figures whose kind knows that have none. */
  readonly print?: ColumnPrint;
}

export interface ColumnPrint {
  readonly label: string;
  readonly unit: PrintUnit;
  readonly decimals: number;
  /** `ID_low` and `ID_high` are columns, too. */
  readonly hasInterval: boolean;
  /** The text column that names its places 1, 2, 3 … */
  readonly names?: string;
  /** The text column that names the rows without a value here: levels beside a curve, as of a base model. */
  readonly levels?: string;
}

export interface BenchmarkFact {
  readonly name: string;
  readonly items: number | null;
  /** Distinct numbers among the runs. */
  readonly samplesPerItem: readonly number[];
}

/** What a caption has to say about where numbers come from; empty lists and null are "not known" or "does not apply". */
export interface FigureFacts {
  /** What is shown, without a full stop. */
  readonly subject: string;
  readonly benchmarks: readonly BenchmarkFact[];
  readonly decoding: readonly string[];
  readonly verifiers: readonly string[];
  readonly lengths: string | null;
  readonly intervals: readonly string[];
  readonly citations: readonly string[];
  /** Full sentences on what a reader must know beyond the rest. */
  readonly notes: readonly string[];
}

/** The one table that every back end draws from and the page shows. */
export interface FigureData {
  readonly columns: readonly DataColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly facts: FigureFacts;
}

export const NO_FACTS: FigureFacts = {
  subject: '',
  benchmarks: [],
  decoding: [],
  verifiers: [],
  lengths: null,
  intervals: [],
  citations: [],
  notes: [],
};

/** Makes the table of records; every record has every column. */
export function toFigureData<Id extends string>(
  columns: Readonly<Record<Id, DataColumn['kind']>>,
  records: readonly Readonly<Record<Id, Cell>>[],
  facts: FigureFacts,
): FigureData {
  const ids = Object.keys(columns) as Id[];
  if (records.length === 0) {
    throw new AppError('unprocessable', 'There is nothing to draw: the query finds no values.');
  }
  return {
    columns: ids.map((id) => ({ id, kind: columns[id] })),
    rows: records.map((record) => ids.map((id) => record[id])),
    facts,
  };
}

/** Reads cells by row and column id. */
export class DataReader {
  readonly data: FigureData;
  private readonly places: ReadonlyMap<string, number>;

  constructor(data: FigureData) {
    this.data = data;
    this.places = new Map(data.columns.map(({ id }, index) => [id, index]));
  }

  /** Row numbers that a test lets through. */
  rows(isWanted: (row: number) => boolean = () => true): number[] {
    return this.data.rows.flatMap((_, row) => (isWanted(row) ? [row] : []));
  }

  cell(row: number, column: string): Cell {
    const place = this.places.get(column);
    if (place === undefined) throw new RangeError(`The data has no column ${column}.`);
    return this.data.rows[row]?.[place] ?? null;
  }

  /** Null also where the cell holds a text. */
  number(row: number, column: string): number | null {
    const cell = this.cell(row, column);
    return typeof cell === 'number' ? cell : null;
  }

  text(row: number, column: string): string {
    const cell = this.cell(row, column);
    return cell === null ? '' : String(cell);
  }

  /** Distinct values in the order of the rows. */
  distinct(column: string, rows: readonly number[] = this.rows()): Cell[] {
    return [...new Set(rows.map((row) => this.cell(row, column)))];
  }
}

/** Distinct values that are known, in order. */
export function distinctKnown<Value>(values: readonly (Value | null)[]): Value[] {
  return [...new Set(values.filter((value) => value !== null))];
}
