import { metricUnit } from '#lib/analysis/print-metric.ts';
import { findRunId } from '../run-choice.ts';
import { factsOfRuns, OneRun } from './run-query.ts';
import { withInterval, type FigureView } from './view.ts';

/** Every metric that has a value for a run. */
export const runMetrics: FigureView<OneRun> = {
  id: 'run-metrics',
  label: 'Metrics of a run',
  description: 'Every metric of the registry that has a value for the run, with its interval.',
  query: OneRun,
  example: { run: { benchmark: 'laconic-demo', label: 'search-unlimited' } },
  async read({ run, column }, sources) {
    const id = await findRunId(run, sources);
    const { label, metrics } = await sources.runMetrics(id, column);
    const known = metrics.filter(({ value }) => value !== null);
    const intervals = known.map(({ interval }) => interval);
    return {
      facts: await factsOfRuns([id], { subject: `Metrics of ${label}`, intervals }, sources),
      columns: {
        metric: { label: 'Metric', unit: 'text' },
        value: { label: 'Value', unit: 'metric', hasInterval: true },
        unit: { label: 'Unit', unit: 'text' },
      },
      keys: ['metric_key', 'metric_unit'],
      rows: known.map((one) => ({
        ...{ metric: one.label, metric_key: `${one.metric}@${String(one.version)}` },
        ...withInterval('value', one.value, one.interval),
        ...{ unit: metricUnit(one.unit), metric_unit: one.unit },
      })),
    };
  },
};
