import { behaviourOf } from '#lib/analysis/behaviour-signals.ts';
import { metricKey, parseMetricKey } from '#lib/analysis/metric-key.ts';
import { toBehaviourViews, viewsOf } from '#lib/analysis/metric-views.ts';
import { getAnalysableRuns } from '#lib/db/analysis.ts';
import type { Db } from '#lib/db/client.ts';
import { listCurveSources } from '#lib/db/series.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import type { Series as PickedSeries } from '#lib/leaderboard/series.ts';
import { metrics } from '#lib/metrics/index.ts';
import type { BoardRow } from '#lib/schemas/board.ts';
import type { Series, SeriesQuery } from '#lib/schemas/series.ts';
import { analyseCurves } from './analysis-pool.ts';

/** Whether there are outputs with verdicts to compute from. */
export function isTestable(row: BoardRow): boolean {
  return row.trust !== 'reported' && row.state === 'done';
}

/** Scored points and base models with the metrics that were asked for. */
export async function findCurves(
  db: Db,
  {
    series,
    reference,
    column,
    query,
  }: {
    series: PickedSeries;
    reference: BoardRow | null;
    column: string | null;
    query: SeriesQuery;
  },
  viewer: Viewer,
): Promise<Series['curves']> {
  const asked = [...new Set(query.metric)].map((key) => ({ key, ...parseMetricKey(key) }));
  const drawn = [
    ...series.points,
    ...series.bases.map((row) => ({ row, value: null as number | null })),
  ].filter(({ row }) => isTestable(row));
  if (asked.length === 0 || drawn.length === 0) return [];
  const ids = drawn.map(({ row }) => row.runId);
  const runs = await getAnalysableRuns(db, { ids, column: column ?? undefined }, viewer);
  const base = runs.find(({ id }) => drawn.some(({ row }) => row.runId === id && row.isFamilyBase));
  const found = await analyseCurves({
    kind: 'curves',
    runs,
    reference: runs.find(({ id }) => id === reference?.runId) ?? null,
    base: base ?? null,
    keys: asked.map(({ key }) => key),
  });
  const valueOf = new Map(drawn.map(({ row, value }) => [row.runId, value]));
  return asked.map(({ key, metric: id, options }) => {
    const { version, unit, direction } = metrics.get(id);
    return {
      ...{ key, metric: id, version, unit, direction },
      label: labelOf(id, options),
      points: (found[key] ?? []).map(({ runId, value, difference }) => ({
        runId,
        label: runs.find((run) => run.id === runId)?.label ?? '',
        value: valueOf.get(runId) ?? null,
        figure: { value: value.value, interval: value.interval },
        reason: value.reason,
        difference:
          difference === null ? null : { value: difference.value, interval: difference.interval },
      })),
    };
  });
}

function labelOf(id: string, options: Readonly<Record<string, unknown>>): string {
  const key = metricKey(id, options);
  const signal = typeof options.signal === 'string' ? options.signal : '';
  const views = [
    ...viewsOf(MOST_SAMPLES),
    ...(behaviourOf(signal) ? toBehaviourViews(signal) : []),
  ];
  return (
    views.find((view) => metricKey(view.metric, view.options) === key)?.label ??
    `${metrics.get(id).label}${key.slice(id.length).replace('?', ', ').replaceAll('&', ', ')}`
  );
}

/** pass@k has a name of its own up to here. */
const MOST_SAMPLES = 512;

/** Every metric of the registry as a run of this series would show it, and the behaviours that were labelled. */
export async function listDrawable(db: Db, series: PickedSeries): Promise<Series['metrics']> {
  const ids = series.points.filter(({ row }) => isTestable(row)).map(({ row }) => row.runId);
  if (ids.length === 0) return [];
  const { samples, behaviours } = await listCurveSources(db, ids);
  return [...viewsOf(samples), ...behaviours.flatMap(toBehaviourViews)].map((view) => ({
    key: metricKey(view.metric, view.options),
    label: view.label,
  }));
}
