import { z } from 'zod';
import { RunChoice } from '../run-choice.ts';
import { compareRuns } from './compare-runs.ts';
import { metricColumn } from './metric-column.ts';
import { factsOfRuns, findRunIds } from './run-query.ts';
import { columnId, withIntervals, type FigureView, type ViewColumn } from './view.ts';

const Query = z.strictObject({
  runs: z.array(RunChoice).min(2).max(8).describe('The pool.'),
  column: z.string().max(64).optional(),
});
type Query = z.infer<typeof Query>;

/** Metrics that a run only has beside others. */
export const comparePool: FigureView<Query> = {
  id: 'compare-pool',
  label: 'Metrics of a pool',
  description: 'What runs leave to each other: metrics that depend on the runs beside them.',
  query: Query,
  example: compareRuns.example,
  async read({ runs, column }, sources) {
    const ids = await findRunIds(runs, sources);
    const { pool, metrics } = await sources.pool({ runs: ids, column });
    const columns: Record<string, ViewColumn> = { run: { label: 'Run', unit: 'text' } };
    for (const { metric, label, unit } of metrics)
      columns[columnId(metric)] = metricColumn(label, unit);
    const values = metrics.flatMap(({ values: some }) => some);
    const about = {
      subject: `Metrics with these ${String(pool.length)} runs as the pool`,
      intervals: values.map(({ interval }) => interval),
    };
    return {
      facts: await factsOfRuns(ids, about, sources),
      columns,
      keys: ['run_id'],
      rows: pool.map(({ id, label }) => ({
        ...{ run: label, run_id: id },
        ...withIntervals(
          metrics.map(({ metric, values: found }) => {
            const one = found.find(({ runId }) => runId === id);
            return { id: columnId(metric), value: one?.value ?? null, interval: one?.interval };
          }),
        ),
      })),
    };
  },
};
