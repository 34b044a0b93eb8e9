import Link from 'next/link';
import { ExportFigure, type FigureSubject } from '#app/_figures/export-figure.client.tsx';
import { formatCount, formatDecimal, formatPercent } from '#app/_ui/number-format.ts';
import { Unknown } from '#app/_ui/figure-cell.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import type { Front } from '#lib/schemas/front.ts';

const SOURCES = {
  asked: 'as asked for',
  benchmark: 'as the benchmark states it',
  'base-run': 'the length of the oldest base model',
  'first-run': 'from the oldest run, as there is no base model',
} as const;

/** What each family dominates. A wide sweep dominates more than a narrow one, so that its points stand beside it. */
export function FamilyVolumes({ front, subject }: { front: Front; subject: FigureSubject }) {
  const { reference, families } = front;
  if (reference === null || families.length === 0) return null;
  const ordered = [...families].sort(
    (a, b) => (b.hypervolume?.linear ?? 0) - (a.hypervolume?.linear ?? 0),
  );
  const isMean = (front.benchmark?.benchmarkIds.length ?? 0) > 1;
  const models = new Set(families.map(({ model }) => model));
  return (
    <details className="pt-3 text-sm">
      <summary className="cursor-pointer text-muted">
        What each family dominates ({families.length})
      </summary>
      <div className="flex flex-col gap-2 pt-2">
        <p className="max-w-prose text-xs text-muted">
          Hypervolume: the area between a family’s front and the reference,{' '}
          {formatCount(reference.tokens)} tokens at {formatPercent(reference.accuracy, 0)} %,{' '}
          {SOURCES[reference.source]}. More is better. The order can differ between the two axes,
          and a family with more points covers more.
        </p>
        <Table className="max-w-4xl">
          <thead>
            <tr>
              <HeaderCell>Family</HeaderCell>
              {models.size > 1 && <HeaderCell>Model</HeaderCell>}
              <HeaderCell>Over</HeaderCell>
              <HeaderCell isNumber>Points</HeaderCell>
              <HeaderCell isNumber>Linear, tokens</HeaderCell>
              <HeaderCell isNumber>Log, nats</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {ordered.map(({ model, family, parameter, points, hypervolume, interval }) => (
              <Row key={`${model} ${family}`}>
                <Cell>
                  {isMean || parameter === null || front.benchmark === null ? (
                    family
                  ) : (
                    <Link
                      className="underline"
                      href={`/series?${new URLSearchParams({ benchmark: front.benchmark.id, family, model }).toString()}`}
                    >
                      {family}
                    </Link>
                  )}
                </Cell>
                {models.size > 1 && <Cell className="text-muted">{model}</Cell>}
                <Cell className="text-muted">{parameter ?? <Unknown />}</Cell>
                <Cell isNumber>{String(points)}</Cell>
                <Cell isNumber title={rangeOf(interval?.linear, formatCount)}>
                  {hypervolume === null ? <Unknown /> : formatCount(hypervolume.linear)}
                </Cell>
                <Cell isNumber title={rangeOf(interval?.log, formatDecimal)}>
                  {hypervolume === null ? <Unknown /> : formatDecimal(hypervolume.log, 3)}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
        <div className="self-start">
          <ExportFigure subject={subject} />
        </div>
      </div>
    </details>
  );
}

function rangeOf(
  interval: { low: number; high: number } | null | undefined,
  format: (value: number) => string,
): string {
  return interval == null
    ? 'No interval: not every run has outputs to resample.'
    : `95 %: ${format(interval.low)} … ${format(interval.high)}`;
}
