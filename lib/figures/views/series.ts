import { columnId, withInterval, withIntervals, type FigureView, type ViewColumn } from './view.ts';
import { metricColumn } from './metric-column.ts';
import { readableParameter } from '../parameter-name.ts';
import { parameterColumn, SeriesChoice, seriesFacts } from './series-query.ts';

/** A family over its parameter: what the charts of its page draw, and any metric. */
export const series: FigureView<SeriesChoice> = {
  id: 'series',
  label: 'Points of a series',
  description:
    'Accuracy, tokens, cut answers, reflections and any metric of each point of a family.',
  query: SeriesChoice,
  example: { benchmark: 'AIME24', family: 'LASER' },
  async read(query, sources) {
    const found = await sources.series(query);
    const { parameter, curves, points, bases } = found;
    const columns: Record<string, ViewColumn> = {
      run: { label: 'Run', unit: 'text' },
      value: parameterColumn(found),
      accuracy: { label: 'Accuracy (%)', unit: 'fraction', decimals: 1, hasInterval: true },
      tokens: { label: 'Mean tokens', unit: 'tokens', hasInterval: true },
      clip: { label: 'Cut (%)', unit: 'fraction', decimals: 1, hasInterval: true },
      reflections: {
        label: 'Reflections per 1,000 tokens',
        ...{ unit: 'number', decimals: 2, hasInterval: true },
      },
    };
    for (const { key, label, unit } of curves) columns[columnId(key)] = metricColumn(label, unit);
    const rows = [...bases, ...points].map((point) => ({
      run: point.label,
      run_id: point.runId,
      value: point.value,
      ...withInterval('accuracy', point.accuracy.value, point.accuracy.interval),
      ...withInterval('tokens', point.tokens.value, point.tokens.interval),
      ...withInterval('clip', point.clipRatio.value, point.clipRatio.interval),
      ...withInterval('reflections', point.reflections.value, point.reflections.interval),
      ...withIntervals(
        curves.map((curve) => {
          const figure = curve.points.find(({ runId }) => runId === point.runId)?.figure;
          return {
            id: columnId(curve.key),
            value: figure?.value ?? null,
            interval: figure?.interval,
          };
        }),
      ),
    }));
    const subject = `${found.family} (${found.model}) over ${readableParameter(parameter)}`;
    return {
      columns,
      rows,
      keys: ['run_id'],
      facts: await seriesFacts(found, { subject }, sources),
    };
  },
};
