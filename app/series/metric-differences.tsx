import Link from 'next/link';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageTable } from '#app/_figures/subjects.ts';
import { formatMetric, formatMetricRange } from '#app/_ui/metric-format.ts';
import { UNKNOWN } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { unitSuffix } from '#lib/analysis/print-metric.ts';
import type { Series } from '#lib/schemas/series.ts';

/** The metrics that were asked for at every point, and how far each is from the reference. */
export function MetricDifferences({
  series,
  of,
}: {
  series: Series;
  /** What the page asked, for figures of its tables. */
  of: Readonly<Record<string, unknown>>;
}) {
  if (series.curves.length === 0) return null;
  const reference = series.curves
    .flatMap(({ points }) => points)
    .find(({ runId }) => runId === series.referenceRunId);
  return (
    <Section
      title={`The metrics against ${reference?.label ?? 'the reference'}`}
      aside="differences over resamples of items that both runs meet"
      actions={<ExportFigure subject={pageTable('series-metrics', of)} />}
    >
      <Table className="max-w-5xl">
        <thead>
          <tr>
            <HeaderCell>Metric</HeaderCell>
            <HeaderCell>Run</HeaderCell>
            <HeaderCell isNumber>{series.parameter}</HeaderCell>
            <HeaderCell isNumber>Value</HeaderCell>
            <HeaderCell isNumber>95 % interval</HeaderCell>
            <HeaderCell isNumber>Difference</HeaderCell>
            <HeaderCell isNumber>95 % interval</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {series.curves.flatMap((curve) =>
            curve.points.map((point) => (
              <Row key={`${curve.key} ${point.runId}`}>
                <Cell>
                  <Link href={`/metrics#${curve.metric}`}>{curve.label}</Link>
                  {unitSuffix(curve.unit)}
                </Cell>
                <Cell className="whitespace-nowrap">{point.label}</Cell>
                <Cell isNumber>{point.value === null ? UNKNOWN : String(point.value)}</Cell>
                <Cell isNumber title={point.reason ?? undefined}>
                  {formatMetric(point.figure.value, curve.unit)}
                </Cell>
                <Cell isNumber className="whitespace-nowrap">
                  {formatMetricRange(point.figure.interval, curve.unit)}
                </Cell>
                <Cell isNumber>{formatMetric(point.difference?.value ?? null, curve.unit)}</Cell>
                <Cell isNumber className="whitespace-nowrap">
                  {formatMetricRange(point.difference?.interval ?? null, curve.unit)}
                </Cell>
              </Row>
            )),
          )}
        </tbody>
      </Table>
    </Section>
  );
}
