import { z } from 'zod';
import { BoardQuery } from '#lib/schemas/board.ts';
import type { Series } from '#lib/schemas/series.ts';
import { boardFacts } from '../board-facts.ts';
import type { FigureFacts } from '../figure-data.ts';
import { parameterLabel } from '../parameter-name.ts';
import type { FigureSources } from '../sources.ts';
import type { ViewColumn } from './view.ts';

/** As the page is asked, with lists for what its address has commas between. */
export const SeriesChoice = z.strictObject({
  benchmark: z.string().max(2000),
  split: z.string().max(200).optional(),
  family: z.string().max(200),
  model: z.string().max(200).optional(),
  parameter: z.string().max(100).optional(),
  hold: z.record(z.string(), z.string().max(200)).default({}).describe('Other parameters, fixed.'),
  reference: z.uuid().optional(),
  column: z.string().max(64).optional(),
  metric: z.array(z.string().max(300)).max(12).default([]).describe('Further metrics.'),
});
export type SeriesChoice = z.infer<typeof SeriesChoice>;

/** What a caption says of the points of a series: the same as of their rows on the board. */
export async function seriesFacts(
  { benchmark, column, points, bases }: Series,
  about: { subject: string; notes?: readonly string[] },
  sources: FigureSources,
): Promise<FigureFacts> {
  const board = await sources.board({
    ...BoardQuery.parse({}),
    benchmark: benchmark.id,
    ...(column !== null && { column }),
  });
  const ids = new Set([...points, ...bases].map(({ runId }) => runId));
  const rows = board.rows.filter(({ runId }) => ids.has(runId));
  const subject = `${about.subject} on ${benchmark.title}`;
  const facts = await boardFacts([{ ...board, rows }], subject, sources);
  return { ...facts, notes: [...facts.notes, ...(about.notes ?? [])] };
}

/** The column of the parameter, with as many decimals as its values need. A run without one is a level. */
export function parameterColumn({ parameter, points }: Series): ViewColumn {
  const digits = points.map(({ value }) => String(value ?? 0).split('.')[1]?.length ?? 0);
  const decimals = Math.min(6, Math.max(0, ...digits));
  return { label: parameterLabel(parameter), unit: 'number', decimals, levels: 'run' };
}
