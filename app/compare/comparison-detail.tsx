import Link from 'next/link';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageTable } from '#app/_figures/subjects.ts';
import { formatCount, formatPercent, UNKNOWN } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import type { RunComparison } from '#lib/schemas/analysis.ts';
import { signed } from './headline.ts';

const SHOWN_FLIPS = 40;
const TESTS = {
  'mcnemar-exact': 'exact McNemar test',
  'sign-flip': 'sign-flip permutation test',
};

/** One run against the reference: the numbers, the 2×2 table, and the items that changed sides. */
export function ComparisonDetail({
  comparison: one,
  items,
}: {
  comparison: RunComparison;
  items: 'equal' | 'intersect';
}) {
  const { a, b, paired, table, test, tokens } = one;
  const of = { runs: [a.id, b.id], items };
  return (
    <Section
      title={`${b.label} against ${a.label}`}
      aside={`${formatCount(one.draws)} resamples, seed “${one.seed}”`}
      actions={
        <>
          {table !== null && (
            <ExportFigure subject={pageTable('compare-counts', of)} label="2 × 2 for a paper" />
          )}
          {one.flips.length > 0 && (
            <ExportFigure subject={pageTable('compare-items', of)} label="Items for a paper" />
          )}
        </>
      }
    >
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[1fr_auto]">
        <dl className="grid max-w-2xl grid-cols-[9rem_1fr] gap-x-4 gap-y-1.5 text-sm">
          <dt className="text-muted">Difference</dt>
          <dd>
            {signed(paired.difference, 2)} points
            {paired.interval !== null &&
              ` (${signed(paired.interval.low, 2)} … ${signed(paired.interval.high, 2)})`}
          </dd>
          <dt className="text-muted">Standard error</dt>
          <dd>
            {paired.standardError === null
              ? `${UNKNOWN} one item has no spread`
              : `${(paired.standardError * 100).toFixed(2)} points paired`}
            {paired.unpairedError !== null &&
              `, ${(paired.unpairedError * 100).toFixed(2)} without pairing`}
          </dd>
          <dt className="text-muted">Chance</dt>
          <dd>
            p = {pValue(test.p)} by the {TESTS[test.method]}
            {test.method === 'sign-flip' && !test.isExact && ', sampled'}
            {one.family > 1 &&
              `; ${pValue(one.adjustedP)} by Holm over ${String(one.family)} comparisons`}
          </dd>
          <dt className="text-muted">Would be found</dt>
          <dd>
            {one.smallestDetectable === null
              ? UNKNOWN
              : `true differences from ${(one.smallestDetectable * 100).toFixed(1)} points, with a power of 80 %`}
          </dd>
          <dt className="text-muted">Tokens</dt>
          <dd>
            {tokens === null
              ? (one.tokensReason ?? UNKNOWN)
              : `× ${tokens.ratio.toFixed(3)}${tokens.interval === null ? '' : ` (${tokens.interval.low.toFixed(3)} … ${tokens.interval.high.toFixed(3)})`}, geometric mean over ${formatCount(tokens.items)} items; median × ${tokens.median.toFixed(3)}`}
          </dd>
        </dl>
        {table === null ? (
          <p className="max-w-64 text-sm text-muted">
            {formatCount(paired.betterB)} items better, {formatCount(paired.betterA)} worse,{' '}
            {formatCount(paired.items - paired.betterA - paired.betterB)} equal, by the mean of
            their samples.
          </p>
        ) : (
          <TwoByTwo a={a.label} b={b.label} table={table} />
        )}
      </div>
      {one.flips.length > 0 && <Flips comparison={one} />}
    </Section>
  );
}

function TwoByTwo({
  a,
  b,
  table,
}: {
  a: string;
  b: string;
  table: NonNullable<RunComparison['table']>;
}) {
  return (
    <Table className="w-auto!">
      <thead>
        <tr>
          <HeaderCell>Items</HeaderCell>
          <HeaderCell isNumber className="max-w-40 truncate">
            {b} right
          </HeaderCell>
          <HeaderCell isNumber>not right</HeaderCell>
        </tr>
      </thead>
      <tbody>
        <Row>
          <Cell className="max-w-40 truncate">{a} right</Cell>
          <Cell isNumber>{formatCount(table.both)}</Cell>
          <Cell isNumber className="font-semibold">
            {formatCount(table.onlyA)}
          </Cell>
        </Row>
        <Row>
          <Cell>not right</Cell>
          <Cell isNumber className="font-semibold">
            {formatCount(table.onlyB)}
          </Cell>
          <Cell isNumber>{formatCount(table.neither)}</Cell>
        </Row>
      </tbody>
    </Table>
  );
}

function Flips({ comparison: { a, b, flips, flipCount } }: { comparison: RunComparison }) {
  return (
    <div>
      <h3 className="pb-1 text-sm">
        Items that changed sides{' '}
        <span className="font-normal text-muted">
          {formatCount(flipCount)}, the largest saving of tokens first
        </span>
      </h3>
      <Table>
        <thead>
          <tr>
            <HeaderCell>Item</HeaderCell>
            <HeaderCell isNumber>Right before %</HeaderCell>
            <HeaderCell isNumber>after %</HeaderCell>
            <HeaderCell isNumber>Tokens before</HeaderCell>
            <HeaderCell isNumber>after</HeaderCell>
            <HeaderCell>
              <span className="sr-only">Transcripts</span>
            </HeaderCell>
          </tr>
        </thead>
        <tbody>
          {flips.slice(0, SHOWN_FLIPS).map((flip) => (
            <Row key={flip.itemKey}>
              <Cell className="max-w-72 truncate font-mono text-xs">{flip.itemKey}</Cell>
              <Cell isNumber>{formatPercent(flip.accuracyA, 0)}</Cell>
              <Cell isNumber>{formatPercent(flip.accuracyB, 0)}</Cell>
              <Cell isNumber>{formatCount(flip.tokensA)}</Cell>
              <Cell isNumber>{formatCount(flip.tokensB)}</Cell>
              <Cell className="whitespace-nowrap">
                <Link
                  href={`/runs/${b.id}/${encodeURIComponent(flip.itemKey)}/0?difference=true&against=${a.id}`}
                >
                  side by side
                </Link>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {flipCount > SHOWN_FLIPS && (
        <p className="pt-2 text-xs text-muted">
          <a href={`/api/v1/compare?runs=${a.id},${b.id}`}>All as JSON</a>
        </p>
      )}
    </div>
  );
}

function pValue(p: number | null): string {
  if (p === null) return UNKNOWN;
  return p < 0.0001 ? '< .0001' : p.toFixed(4).replace(/^0/, '');
}
