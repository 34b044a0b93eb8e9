import { metricUnit } from '#lib/analysis/print-metric.ts';
import { AppError } from '#lib/errors.ts';
import { readableParameter } from '../parameter-name.ts';
import { parameterColumn, SeriesChoice, seriesFacts } from './series-query.ts';
import { withInterval, type FigureView } from './view.ts';

/** The metrics that were asked for at every point of a series, and how far each is from the reference. */
export const seriesMetrics: FigureView<SeriesChoice> = {
  id: 'series-metrics',
  label: 'Metrics of a series',
  description: 'Metrics at every point, and their differences from the reference.',
  query: SeriesChoice,
  example: { benchmark: 'laconic-demo', family: 'budget', metric: ['aes'] },
  async read(query, sources) {
    const found = await sources.series(query);
    if (found.curves.length === 0)
      throw new AppError('unprocessable', 'Name the metrics in `metric`: none was asked for.');
    const parameter = readableParameter(found.parameter);
    const subject = `Metrics of ${found.family} (${found.model}) over ${parameter}`;
    return {
      facts: await seriesFacts(found, { subject }, sources),
      columns: {
        run: { label: 'Run', unit: 'text' },
        parameter: parameterColumn(found),
        metric: { label: 'Metric', unit: 'text' },
        value: { label: 'Value', unit: 'metric', hasInterval: true },
        difference: { label: 'Difference', unit: 'metric', hasInterval: true },
        unit: { label: 'Unit', unit: 'text' },
      },
      keys: ['run_id', 'metric_key', 'metric_unit'],
      rows: found.curves.flatMap(({ key, label, unit, points }) =>
        points.map((point) => ({
          ...{ run: point.label, run_id: point.runId, parameter: point.value },
          ...{ metric: label, metric_key: key, unit: metricUnit(unit), metric_unit: unit },
          ...withInterval('value', point.figure.value, point.figure.interval),
          ...withInterval(
            'difference',
            point.difference?.value ?? null,
            point.difference?.interval,
          ),
        })),
      ),
    };
  },
};
