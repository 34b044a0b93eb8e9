'use client';

import { ChartPanel } from '#app/_charts/chart-panel.tsx';
import { SERIES_FIGURES, seriesChart, type SeriesFigure } from '#app/_charts/series.client.tsx';
import type { Series } from '#lib/schemas/series.ts';

/** Every figure that some point knows, over the parameter of the series. */
export function SeriesCharts({ series }: { series: Series }) {
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
          chart={seriesChart(figure)}
          input={{ figure, parameter, points, bases }}
          note={notes[figure]}
        />
      ))}
    </div>
  );
}
