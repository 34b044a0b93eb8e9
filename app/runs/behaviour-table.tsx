import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { Figure } from '#app/_ui/figure-cell.tsx';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { readBehaviours } from '#lib/db/behaviour-labels.ts';
import { db } from '#lib/db/client.ts';

/** How the run works, as judges or people have labelled it; nothing where nobody has. */
export async function BehaviourTable({ runId }: { runId: string }) {
  const { sources } = await readBehaviours(db(), runId);
  return sources.map(({ source, labelled, unreadable, ratios }) => (
    <Section
      key={source}
      title="How does it work on a question?"
      aside={
        <span className="flex items-baseline gap-3">
          {`${source} · ${formatCount(labelled)} labelled${unreadable > 0 ? ` · ${formatCount(unreadable)} answers unreadable` : ''}`}
          <ExportFigure
            subject={{ kind: 'redundancy-bars', data: { by: 'behaviour', runs: [runId] } }}
          />
        </span>
      }
    >
      <Table>
        <thead>
          <tr>
            <HeaderCell>Behaviour</HeaderCell>
            <HeaderCell isNumber>Responses with it, %</HeaderCell>
            <HeaderCell isNumber>Of all behaviours, %</HeaderCell>
            <HeaderCell isNumber>Occurrences</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {ratios.map(({ behaviour, occurrences, shareOfResponses, shareOfBehaviours }) => (
            <Row key={behaviour}>
              <Cell>{behaviour.replaceAll('-', ' ')}</Cell>
              <Cell isNumber>
                <Figure
                  value={shareOfResponses === null ? null : formatPercent(shareOfResponses)}
                  reason="No answer could be read."
                />
              </Cell>
              <Cell isNumber>
                <Figure
                  value={shareOfBehaviours === null ? null : formatPercent(shareOfBehaviours)}
                  reason="No behaviour was seen."
                />
              </Cell>
              <Cell isNumber>{formatCount(occurrences)}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Section>
  ));
}
