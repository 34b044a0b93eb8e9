import Link from 'next/link';
import { formatCount, formatDecimal, formatPercent } from '#app/_ui/number-format.ts';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import type { Comparison } from '#lib/schemas/analysis.ts';

/** The runs that are compared, the first as the reference. */
export function RunTable({ comparison }: { comparison: Comparison }) {
  return (
    <Table>
      <thead>
        <tr>
          <HeaderCell>Run</HeaderCell>
          <HeaderCell className="hidden sm:table-cell">Model</HeaderCell>
          <HeaderCell isNumber>Accuracy %</HeaderCell>
          <HeaderCell isNumber>Tokens</HeaderCell>
          <HeaderCell
            isNumber
            title="Share of resamples of the items in which the run is on their front"
          >
            On their front
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {comparison.runs.map((run, index) => (
          <Row key={run.id}>
            <Cell className="max-w-64 truncate">
              <Link href={`/runs/${run.id}`}>{run.label}</Link>
              {index === 0 && <span className="text-muted"> reference</span>}
            </Cell>
            <Cell className="hidden max-w-64 truncate text-muted sm:table-cell">{run.model}</Cell>
            <Cell isNumber>{formatPercent(run.accuracy, 2)}</Cell>
            <Cell isNumber>{formatCount(run.tokens)}</Cell>
            <Cell isNumber>
              {run.isOnFront ? 'yes' : 'no'}, {formatDecimal(run.probability)}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
