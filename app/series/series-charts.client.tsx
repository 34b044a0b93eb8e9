'use client';

import { ChartPanel } from '#app/_charts/chart-panel.tsx';
import {
  SERIES_FIGURES,
  seriesChart,
  type SeriesFigure,
  type SeriesLook,
  type SeriesMark,
} from '#app/_charts/series.client.tsx';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageLines } from '#app/_figures/subjects.ts';
import { formatMetric } from '#app/_ui/metric-format.ts';
import { columnId } from '#lib/figures/views/view.ts';
import { metricUnit } from '#lib/analysis/print-metric.ts';
import type { Series, SeriesPoint } from '#lib/schemas/series.ts';

/** Every figure that some point knows and every metric that was asked for, over the parameter of the series. */
export function SeriesCharts({
  series,
  of,
}: {
  series: Series;
  /** What the page asked, for figures of its tables. */
  of: Readonly<Record<string, unknown>>;
}) {
  const { points, bases, parameter } = series;
  const figures = (Object.keys(SERIES_FIGURES) as SeriesFigure[]).filter((figure) =>
    points.some((point) => point[figure].value !== null),
  );
  const isPublished = points.every(({ trust }) => trust === 'reported');
  const notes: Readonly<Record<SeriesFigure, string>> = {
    accuracy: `percent${series.verifier === null || isPublished ? '' : `, judged by ${series.verifier}`}`,
    tokens: series.lengthLabel,
    clipRatio: 'percent of the answers whose end is known',
    reflections: 'keywords of reflection',
  };
  return (
    <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
      {figures.map((figure) => (
        <ChartPanel
          key={figure}
          chart={seriesChart(SERIES_FIGURES[figure])}
          input={{
            look: SERIES_FIGURES[figure],
            parameter,
            points: points.map((point) => toMark(point, figure)),
            bases: bases.map((point) => toMark(point, figure)),
          }}
          note={notes[figure]}
          actions={<ExportSeries of={of} column={COLUMNS[figure]} />}
        />
      ))}
      {series.curves.map((curve) => (
        <MetricCurve key={curve.key} curve={curve} parameter={parameter} of={of} />
      ))}
    </div>
  );
}

/** The columns of the table behind these charts. */
const COLUMNS: Readonly<Record<SeriesFigure, string>> = {
  accuracy: 'accuracy',
  tokens: 'tokens',
  clipRatio: 'clip',
  reflections: 'reflections',
};

function ExportSeries({ of, column }: { of: Readonly<Record<string, unknown>>; column: string }) {
  return <ExportFigure subject={pageLines('series', of, { x: 'value', y: [column] })} />;
}

function toMark(point: SeriesPoint, figure: SeriesFigure): SeriesMark {
  const { label, value, trust } = point;
  return { label, value, isReported: trust === 'reported', figure: point[figure] };
}

const DIRECTIONS: Readonly<Record<string, string>> = {
  higher: 'more is better',
  lower: 'less is better',
};

function MetricCurve({
  curve,
  parameter,
  of,
}: {
  curve: Series['curves'][number];
  parameter: string;
  of: Readonly<Record<string, unknown>>;
}) {
  const look: SeriesLook = {
    question: `How does ${lowerFirst(curve.label)} change?`,
    title: curve.label,
    unit: metricUnit(curve.unit),
    isShare: curve.unit === 'share',
    format: (value) => formatMetric(value, curve.unit),
  };
  const marks = curve.points.map((point) => ({ ...point, isReported: false }));
  const points = marks.filter(({ value }) => value !== null);
  const known = points.filter(({ figure }) => figure.value !== null);
  const reason = points.find((point) => point.figure.value === null)?.reason ?? null;
  const note = [look.unit, DIRECTIONS[curve.direction], `${curve.metric}@${String(curve.version)}`]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
  if (known.length === 0) {
    return (
      <section className="flex min-w-0 flex-col gap-1">
        <h2 className="text-base">{look.question}</h2>
        <p className="text-xs text-muted">{note}</p>
        <p className="max-w-prose text-sm text-muted">
          {reason ?? 'No point has outputs of its own to compute it from.'}
        </p>
      </section>
    );
  }
  return (
    <ChartPanel
      chart={seriesChart(look)}
      input={{ look, parameter, points, bases: marks.filter(({ value }) => value === null) }}
      note={note}
      actions={<ExportSeries of={of} column={columnId(curve.key)} />}
    />
  );
}

/** Names of formulas such as AES stay as they are. */
function lowerFirst(label: string): string {
  return /^[A-Z][a-z]+(?![A-Za-z])/.test(label)
    ? `${label.charAt(0).toLowerCase()}${label.slice(1)}`
    : label;
}
