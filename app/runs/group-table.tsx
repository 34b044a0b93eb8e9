import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import { runTableSubject } from '#app/_figures/subjects.ts';
import { Figure } from '#app/_ui/figure-cell.tsx';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import type { Run } from '#lib/schemas/run.ts';

/** Accuracy and length by one label of the items. */
export function GroupTable({ run, group }: { run: Run; group: Run['groups'][number] }) {
  const longest = Math.max(1, ...group.rows.map((row) => row.tokensMean ?? 0));
  return (
    <Section
      title={`By ${group.name}`}
      aside={<ExportFigure subject={runTableSubject(run, { show: 'groups', group: group.name })} />}
    >
      <Table>
        <thead>
          <tr>
            <HeaderCell>{group.name}</HeaderCell>
            <HeaderCell isNumber>Items</HeaderCell>
            <HeaderCell isNumber>Accuracy, %</HeaderCell>
            <HeaderCell isNumber>Tokens, mean</HeaderCell>
            <HeaderCell aria-hidden className="w-1/4" />
          </tr>
        </thead>
        <tbody>
          {group.rows.map((row) => (
            <Row key={row.name}>
              <Cell>{row.name}</Cell>
              <Cell isNumber>{formatCount(row.items)}</Cell>
              <Cell isNumber>
                <Figure
                  value={row.accuracy === null ? null : formatPercent(row.accuracy)}
                  reason="Nothing of this group is scored yet."
                />
              </Cell>
              <Cell isNumber>
                <Figure
                  value={row.tokensMean === null ? null : formatCount(row.tokensMean)}
                  reason="No length is known."
                />
              </Cell>
              <Cell aria-hidden>
                <span
                  className="block h-1.5 rounded-full bg-firm"
                  style={{ width: `${((row.tokensMean ?? 0) / longest) * 100}%` }}
                />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
