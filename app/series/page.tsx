import type { Metadata } from 'next';
import Link from 'next/link';
import { cache } from 'react';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { formatPercent } from '#app/_ui/number-format.ts';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { db } from '#lib/db/client.ts';
import { AppError } from '#lib/errors.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { seriesOfFamily } from '#lib/jobs/analyse-series.ts';
import { SeriesQuery, type Series } from '#lib/schemas/series.ts';
import { MetricDifferences } from './metric-differences.tsx';
import { MetricPicker } from './metric-picker.tsx';
import { RewardGap } from './reward-gap.tsx';
import { SeriesCharts } from './series-charts.client.tsx';
import { SeriesTests } from './series-tests.tsx';

interface SeriesPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Keyed by text, so that title and page ask once. */
const readSeries = cache(async (address: string): Promise<Series | string> => {
  const query = parseQuery(JSON.parse(address) as Record<string, string | string[]>);
  if (!query.success) return 'Name a benchmark and a family: /series?benchmark=…&family=…';
  try {
    return await seriesOfFamily(db(), query.data, await pageViewer());
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
});

function parseQuery(asked: Record<string, string | string[] | undefined>) {
  return SeriesQuery.safeParse({
    ...asked,
    ...(asked.metric && { metric: listOf(asked.metric) }),
  });
}

/** The form sends a key for each metric, an address written by hand one with commas. */
function listOf(metric: string | string[]): string {
  return typeof metric === 'string'
    ? metric
    : metric.map((key) => key.replaceAll(',', '%2C')).join(',');
}

export async function generateMetadata({ searchParams }: SeriesPageProps): Promise<Metadata> {
  const series = await readSeries(JSON.stringify(await searchParams));
  return typeof series === 'string'
    ? { title: 'Series' }
    : { title: `${series.family} over ${series.parameter}` };
}

export default async function SeriesPage({ searchParams }: SeriesPageProps) {
  const series = await readSeries(JSON.stringify(await searchParams));
  if (typeof series === 'string') {
    return (
      <>
        <PageHeader title="A family over its parameter" />
        <EmptyState title="These runs make no curve">
          <p>{series}</p>
        </EmptyState>
      </>
    );
  }
  const of = choiceOf(await searchParams, series);
  const reported = series.points.filter(({ trust }) => trust === 'reported').length;
  return (
    <>
      <PageHeader
        title={findingOf(series)}
        facts={
          <>
            <span>{series.family}</span>
            <span>{series.model}</span>
            <Link
              href={`/?${new URLSearchParams({ benchmark: series.benchmark.id }).toString()}`}
              className="underline"
            >
              {series.benchmark.title}
            </Link>
            <span>{series.points.length} points</span>
            {reported > 0 && (
              <span>
                {reported === series.points.length ? 'published' : `${String(reported)} published`}:
                hollow marks, without intervals
              </span>
            )}
          </>
        }
        actions={
          <ExportFigure
            label="Accuracy and tokens for a paper"
            subject={{
              kind: 'series',
              data: {
                board: { benchmark: series.benchmark.id },
                family: [series.family],
                model: [series.model],
                parameter: series.parameter,
                ...(series.column === null ? {} : { column: series.column }),
              },
            }}
          />
        }
      />
      <SeriesCharts series={series} of={of} />
      <MetricPicker series={series} address={addressOf(await searchParams)} />
      <SeriesTests series={series} of={of} />
      <MetricDifferences series={series} of={of} />
      <RewardGap series={series} of={of} />
    </>
  );
}

/** What the tables of this page are of, for their figures: as it was asked, with what was found where nothing was said. */
function choiceOf(
  asked: Awaited<SeriesPageProps['searchParams']>,
  { benchmark, model, parameter }: Series,
): Record<string, unknown> {
  return { ...parseQuery(asked).data, benchmark: benchmark.id, model, parameter };
}

/** What the page was asked, but for its metrics. */
function addressOf(query: Awaited<SeriesPageProps['searchParams']>): Record<string, string> {
  const single = Object.entries(query).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'metric' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(single);
}

/** The best value, and whether tests tell it from its rivals. */
function findingOf({ best, parameter, points }: Series): string {
  const accuracy = points.find(({ runId }) => runId === best?.runId)?.accuracy.value ?? null;
  if (best === null) return `No point over ${parameter} has an accuracy yet`;
  const start = `${parameter} = ${String(best.value)} is most accurate, ${formatPercent(accuracy)} %`;
  if (best.notSeparated === null) return `${start}, by published figures that no test can separate`;
  if (best.notSeparated.length === 0) return `${start}, and separated from every other value`;
  return `${start}, not separated from ${best.notSeparated.map(String).join(', ')}`;
}
