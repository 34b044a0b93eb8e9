import type { z } from 'zod';
import { toFigureData, type Cell, type FigureData, type FigureFacts } from '../figure-data.ts';
import type { FigureSources } from '../sources.ts';
import type { PrintUnit } from '../tables/table-layout.ts';

/** A column as its page heads and writes it. */
export interface ViewColumn {
  readonly label: string;
  /** What a row measures differs by row where it is `metric`: its key `metric_unit` is the unit of the registry. */
  readonly unit: PrintUnit;
  readonly decimals?: number;
  /** `ID_low` and `ID_high` stand in the rows beside it. */
  readonly hasInterval?: boolean;
  /** The text column that names its places 1, 2, 3 …, as on an axis of names. */
  readonly names?: string;
  /** The text column that names the rows without a value here, which are levels beside a curve. */
  readonly levels?: string;
}

/** A table of a page with its numbers in full, before anybody chose how it is shown. */
export interface ViewTable {
  readonly facts: FigureFacts;
  /** The first heads the rows. Ids are letters, digits and underscores. */
  readonly columns: Readonly<Record<string, ViewColumn>>;
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  /** Texts of the rows that no page prints and a file should have: ids of runs, keys of metrics. */
  readonly keys?: readonly string[];
}

/** One table of a page: what it asks, and the rows that the page shows. Adding one is a file and a line. */
export interface FigureView<Query = unknown> {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly query: z.ZodType<Query>;
  /** A query that is valid; most name runs of a fresh installation. */
  readonly example: Readonly<Record<string, unknown>>;
  read(query: Query, sources: FigureSources): Promise<ViewTable>;
}

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The cells of a column with an interval. */
export function withInterval(
  id: string,
  value: number | null,
  interval: Interval | null | undefined,
): Record<string, Cell> {
  return {
    [id]: value,
    [`${id}_low`]: interval?.low ?? null,
    [`${id}_high`]: interval?.high ?? null,
  };
}

/** The cells of several columns with intervals. */
export function withIntervals(
  figures: readonly { id: string; value: number | null; interval: Interval | null | undefined }[],
): Record<string, Cell> {
  return Object.fromEntries(
    figures.flatMap(({ id, value, interval }) => Object.entries(withInterval(id, value, interval))),
  );
}

/** A key of the registry as the id of a column: `pass-at-k?k=8` is `pass_at_k_k_8`. */
export function columnId(key: string): string {
  return key
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
}

export function toViewData({ columns, rows, facts, keys = [] }: ViewTable): FigureData {
  const kinds: Record<string, 'number' | 'text'> = {};
  for (const [id, { unit, hasInterval = false }] of Object.entries(columns)) {
    kinds[id] = unit === 'text' ? 'text' : 'number';
    if (hasInterval) for (const end of ['low', 'high']) kinds[`${id}_${end}`] = 'number';
  }
  for (const key of keys) kinds[key] = 'text';
  const data = toFigureData(kinds, rows, facts);
  return {
    ...data,
    columns: data.columns.map((column) => {
      const look = columns[column.id];
      if (look === undefined) return column;
      const { label, unit, decimals = 0, hasInterval = false, names, levels } = look;
      return {
        ...column,
        print: {
          ...{ label, unit, decimals, hasInterval },
          ...(names !== undefined && { names }),
          ...(levels !== undefined && { levels }),
        },
      };
    }),
  };
}
