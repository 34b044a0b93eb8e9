import type { z } from 'zod';
import type { FigureData } from './figure-data.ts';
import type { Plot } from './plot.ts';
import type { FigureSources } from './sources.ts';
import type { FigureSpec } from './spec.ts';
import type { TableLayout } from './tables/table-layout.ts';

/** One kind of figure: what it asks of the data, and what it makes of it. Adding one is a file and a line. */
export interface FigureKind<Query = unknown> {
  readonly id: string;
  readonly label: string;
  /** What it shows, for menus and documents. */
  readonly description: string;
  /** Of `spec.data`. */
  readonly query: z.ZodType<Query>;
  /** A spec that runs on a fresh installation. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Reads what is to be drawn. Throws `not_found` for runs that are not there and `unprocessable` for nothing to draw. */
  resolve(query: Query, sources: FigureSources): Promise<FigureData>;
  /** A chart, or the columns of a table. */
  readonly form:
    | { readonly type: 'chart'; plot(data: FigureData, query: Query, spec: FigureSpec): Plot }
    | {
        readonly type: 'table';
        layout(data: FigureData, query: Query, spec: FigureSpec): TableLayout;
      };
}
