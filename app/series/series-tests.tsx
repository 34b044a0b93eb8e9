import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageTable } from '#app/_figures/subjects.ts';
import { formatDecimal, formatPercent, UNKNOWN } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import type { Series } from '#lib/schemas/series.ts';

/** Every point against the reference, and whether the points differ at all. */
export function SeriesTests({
  series,
  of,
}: {
  series: Series;
  /** What the page asked, for figures of its tables. */
  of: Readonly<Record<string, unknown>>;
}) {
  if (series.testReason !== null) {
    return (
      <Section title="Do the points differ?">
        <p className="max-w-prose text-sm text-muted">{series.testReason}</p>
      </Section>
    );
  }
  const [first] = series.comparisons;
  const values = new Map(series.points.map(({ runId, value }) => [runId, value]));
  return (
    <Section
      title={`Against ${first?.a.label ?? 'the reference'}`}
      aside={`${String(first?.paired.items ?? 0)} items, paired · ${first?.test.method === 'mcnemar-exact' ? 'exact McNemar' : 'sign-flip'}, Holm over ${String(first?.family ?? 0)}`}
      actions={<ExportFigure subject={pageTable('series-tests', of)} />}
    >
      <Table className="max-w-5xl">
        <thead>
          <tr>
            <HeaderCell>Run</HeaderCell>
            <HeaderCell isNumber>{series.parameter}</HeaderCell>
            <HeaderCell isNumber>Difference, points</HeaderCell>
            <HeaderCell isNumber>95 % interval</HeaderCell>
            <HeaderCell isNumber>Gained</HeaderCell>
            <HeaderCell isNumber>Lost</HeaderCell>
            <HeaderCell isNumber>Tokens, ratio</HeaderCell>
            <HeaderCell isNumber>p, Holm</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {series.comparisons.map(({ b, paired, tokens, tokensReason, adjustedP }) => (
            <Row key={b.id}>
              <Cell className="whitespace-nowrap">{b.label}</Cell>
              <Cell isNumber>{String(values.get(b.id) ?? UNKNOWN)}</Cell>
              <Cell isNumber>{signed(paired.difference)}</Cell>
              <Cell isNumber className="whitespace-nowrap">
                {paired.interval === null
                  ? UNKNOWN
                  : `${signed(paired.interval.low)} … ${signed(paired.interval.high)}`}
              </Cell>
              <Cell isNumber>{String(paired.betterB)}</Cell>
              <Cell isNumber>{String(paired.betterA)}</Cell>
              <Cell isNumber title={tokensReason ?? undefined}>
                {tokens === null ? UNKNOWN : formatDecimal(tokens.ratio)}
              </Cell>
              <Cell
                isNumber
                className={adjustedP !== null && adjustedP <= 0.05 ? 'font-semibold' : 'text-muted'}
              >
                {describeP(adjustedP)}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>

      <p className="max-w-prose text-sm text-muted">{describeQ(series)}</p>
    </Section>
  );
}

function describeQ({ cochran, cochranReason }: Series): string {
  if (cochran === null) return `No test of all points together: ${cochranReason ?? 'untested'}`;
  return `All points together, Cochran’s Q: ${formatDecimal(cochran.q)} with ${String(cochran.degreesOfFreedom)} degrees of freedom, p ${describeP(cochran.p)}, over ${String(cochran.informativeItems)} items that not all answer alike.`;
}

function describeP(p: number | null): string {
  if (p === null) return UNKNOWN;
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

function signed(fraction: number): string {
  return `${fraction < 0 ? '−' : '+'}${formatPercent(Math.abs(fraction))}`;
}
