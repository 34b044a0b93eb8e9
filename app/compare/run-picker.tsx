import Link from 'next/link';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import type { RunChoice } from '#lib/db/comparable-runs.ts';

const MOST_RUNS = 8;

interface RunPickerProps {
  ids: readonly string[];
  choices: readonly RunChoice[];
  items: 'equal' | 'intersect';
}

/** Runs on the same benchmark, to be added or taken out; every choice is an address of its own. */
export function RunPicker({ ids, choices, items }: RunPickerProps) {
  const hrefFor = (runs: readonly string[]) =>
    `/compare?runs=${runs.join(',')}${items === 'intersect' ? '&items=intersect' : ''}`;
  return (
    <Section
      title="Which runs?"
      aside={
        <Link
          href={`/compare?runs=${ids.join(',')}${items === 'intersect' ? '' : '&items=intersect'}`}
        >
          {items === 'intersect'
            ? 'refuse runs over other items'
            : 'compare the items in both only'}
        </Link>
      }
    >
      <Table className="max-w-3xl">
        <thead>
          <tr>
            <HeaderCell>Run</HeaderCell>
            <HeaderCell isNumber>Accuracy %</HeaderCell>
            <HeaderCell isNumber>Tokens</HeaderCell>
            <HeaderCell>
              <span className="sr-only">Choice</span>
            </HeaderCell>
          </tr>
        </thead>
        <tbody>
          {choices.map((choice) => {
            const at = ids.indexOf(choice.id);
            return (
              <Row key={choice.id}>
                <Cell className="max-w-64 truncate">
                  {choice.label}{' '}
                  {choice.model !== choice.label && (
                    <span className="text-muted">{choice.model}</span>
                  )}
                </Cell>
                <Cell isNumber>{formatPercent(choice.accuracy)}</Cell>
                <Cell isNumber>{formatCount(choice.tokens)}</Cell>
                <Cell className="text-right whitespace-nowrap">
                  {at === -1 && ids.length < MOST_RUNS && (
                    <Link href={hrefFor([...ids, choice.id])}>add</Link>
                  )}
                  {at === 0 && <span className="text-muted">reference</span>}
                  {at > 0 && (
                    <>
                      <Link href={hrefFor([choice.id, ...ids.filter((id) => id !== choice.id)])}>
                        as reference
                      </Link>
                      {' · '}
                      <Link href={hrefFor(ids.filter((id) => id !== choice.id))}>take out</Link>
                    </>
                  )}
                </Cell>
              </Row>
            );
          })}
        </tbody>
      </Table>
    </Section>
  );
}
