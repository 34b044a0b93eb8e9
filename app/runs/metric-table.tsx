import Link from 'next/link';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageTable } from '#app/_figures/subjects.ts';
import { formatMetric, formatMetricRange } from '#app/_ui/metric-format.ts';
import { formatCount } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { db } from '#lib/db/client.ts';
import { AppError } from '#lib/errors.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { metricsOfRun } from '#lib/jobs/analyse-runs.ts';
import { metricUnit } from '#lib/analysis/print-metric.ts';
import type { RunMetrics } from '#lib/schemas/analysis.ts';

type MetricValue = RunMetrics['metrics'][number];

/** Every metric that has a value for this run, and below it what has none and why. */
export async function MetricTable({
  runId,
  column,
}: {
  runId: string;
  column?: string | undefined;
}) {
  const report = await readReport(runId, column);
  if (typeof report === 'string') {
    return (
      <Section title="Every metric">
        <p className="text-sm text-muted">{report}</p>
      </Section>
    );
  }
  const known = report.metrics.filter(({ value }) => value !== null);
  const unknown = report.metrics.filter(({ value }) => value === null);
  return (
    <Section
      title="Every metric"
      aside={`${formatCount(report.draws)} resamples of items · ${report.lengthColumn === null ? 'no lengths' : `tokens by ${report.lengthColumn}`}`}
      actions={
        known.length > 0 && (
          <ExportFigure
            subject={pageTable('run-metrics', {
              run: runId,
              ...(column === undefined ? {} : { column }),
            })}
          />
        )
      }
    >
      <Table>
        <thead>
          <tr>
            <HeaderCell>Metric</HeaderCell>
            <HeaderCell isNumber>Value</HeaderCell>
            <HeaderCell isNumber>95 % interval</HeaderCell>
            <HeaderCell className="hidden sm:table-cell">Unit</HeaderCell>
            <HeaderCell className="hidden md:table-cell">To be read with</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {known.map((one) => (
            <Row key={one.label}>
              <Cell>
                <Link href={`/metrics#${one.metric}`}>{one.label}</Link>
              </Cell>
              <Cell isNumber>{formatMetric(one.value, one.unit)}</Cell>
              <Cell isNumber title={one.interval?.method ?? one.intervalReason ?? undefined}>
                {formatMetricRange(one.interval, one.unit)}
              </Cell>
              <Cell className="hidden text-muted sm:table-cell">{metricUnit(one.unit)}</Cell>
              <Cell className="hidden max-w-96 text-xs text-muted md:table-cell">
                {one.notes.join(' ')}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {unknown.length > 0 && (
        <details className="text-sm">
          <summary className="cursor-pointer text-muted">
            {unknown.length} without a value, and why
          </summary>
          <dl className="grid gap-x-6 gap-y-1 pt-2 sm:grid-cols-[16rem_1fr]">
            {unknown.map((one) => (
              <Reason key={one.label} one={one} />
            ))}
          </dl>
        </details>
      )}
    </Section>
  );
}

function Reason({ one }: { one: MetricValue }) {
  return (
    <>
      <dt>
        <Link href={`/metrics#${one.metric}`}>{one.label}</Link>
      </dt>
      <dd className="text-muted">{one.reason}</dd>
    </>
  );
}

async function readReport(id: string, column: string | undefined): Promise<RunMetrics | string> {
  try {
    return await metricsOfRun(db(), { id, column }, await pageViewer());
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
