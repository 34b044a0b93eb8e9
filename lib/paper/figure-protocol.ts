import type { AppError } from '#lib/errors.ts';
import type { Caption } from '#lib/figures/caption.ts';
import type { FigureData } from '#lib/figures/figure-data.ts';
import type { FigureFormat, FigureHashes, RenderOptions } from '#lib/figures/render.ts';
import type { FigureSources } from '#lib/figures/sources.ts';
import type { FigureSpec } from '#lib/figures/spec.ts';
import type { PrintedTable } from '#lib/figures/tables/print-cell.ts';
import type { FigureDrawing } from '#lib/schemas/figure.ts';

/** What a page shows of a figure; the drawing is null for a table, the table for a chart. */
export interface FigurePreview {
  caption: Caption;
  drawing: FigureDrawing | null;
  table: PrintedTable | null;
}

/** A resolved figure as it is sent to a worker: a spec is data, a kind is code. */
export interface PlainFigure {
  spec: FigureSpec;
  data: FigureData;
  hashes: FigureHashes;
  date: string;
}

export type FigureTask =
  | { kind: 'resolve'; spec: FigureSpec }
  | { kind: 'preview'; figure: PlainFigure }
  | { kind: 'file'; figure: PlainFigure; format: FigureFormat; options: RenderOptions };

export interface TaskResults {
  resolve: FigureData;
  preview: FigurePreview;
  file: string | Uint8Array;
}

export type SourceName = keyof FigureSources;

/** A refusal keeps its code; what is our own fault comes with its stack. */
export type PlainError =
  | ({ isApp: true } & Pick<AppError, 'code' | 'message' | 'details' | 'isHiding'> & {
        retryAfterSeconds: number | null;
      })
  | { isApp: false; message: string };

/** The numbers stay where the database is: a worker asks for them and is answered by the number of its question. */
export type ToFigureWorker =
  | { kind: 'task'; task: FigureTask }
  | { kind: 'answer'; question: number; value: unknown }
  | { kind: 'refusal'; question: number; error: PlainError };

export type FromFigureWorker =
  | { kind: 'ready' }
  | { kind: 'question'; question: number; source: SourceName; args: readonly unknown[] }
  | { kind: 'done'; result: TaskResults[keyof TaskResults] }
  | { kind: 'failed'; error: PlainError };
