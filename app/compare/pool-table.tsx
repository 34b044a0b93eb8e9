import Link from 'next/link';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageTable } from '#app/_figures/subjects.ts';
import { formatMetric, formatMetricRange } from '#app/_ui/metric-format.ts';
import { UNKNOWN } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { db } from '#lib/db/client.ts';
import { AppError } from '#lib/errors.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { poolMetricsOf } from '#lib/jobs/analyse-runs.ts';
import { unitSuffix } from '#lib/analysis/print-metric.ts';
import type { PoolMetrics } from '#lib/schemas/analysis.ts';

/** Metrics that a run only has beside others, with the compared runs as the pool. */
export async function PoolTable({ runs }: { runs: readonly string[] }) {
  const found = await readPool(runs);
  if (typeof found === 'string') return <p className="text-sm text-muted">{found}</p>;
  const { pool, metrics, lengthColumn } = found;
  return (
    <Section
      title="What do these runs leave to each other?"
      aside={`the pool is the ${String(pool.length)} runs compared here${lengthColumn === null ? '' : ` · tokens by ${lengthColumn}`}`}
      actions={<ExportFigure subject={pageTable('compare-pool', { runs })} />}
    >
      <Table className="max-w-4xl">
        <thead>
          <tr>
            <HeaderCell>Run</HeaderCell>
            {metrics.map(({ metric, label, unit, direction }) => (
              <HeaderCell key={metric} isNumber>
                <Link href={`/metrics#${metric}`}>{label}</Link>
                {unitSuffix(unit)}
                {direction === 'lower' ? ' (less is better)' : ''}
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {pool.map(({ id, label }) => (
            <Row key={id}>
              <Cell className="max-w-64 truncate">{label}</Cell>
              {metrics.map(({ metric, unit, values }) => {
                const one = values.find(({ runId }) => runId === id);
                return (
                  <Cell key={metric} isNumber title={one?.reason ?? one?.notes.join(' ')}>
                    {one === undefined || one.value === null
                      ? UNKNOWN
                      : `${formatMetric(one.value, unit)}${rangeOf(one.interval, unit)}`}
                  </Cell>
                );
              })}
            </Row>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function rangeOf(interval: { low: number; high: number } | null, unit: string): string {
  return interval === null ? '' : ` (${formatMetricRange(interval, unit)})`;
}

async function readPool(runs: readonly string[]): Promise<PoolMetrics | string> {
  try {
    return await poolMetricsOf(db(), { runs }, await pageViewer());
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
