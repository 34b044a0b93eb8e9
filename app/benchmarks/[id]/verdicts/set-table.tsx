import Link from 'next/link';
import { Badge } from '#app/_ui/badge.tsx';
import { formatCount } from '#app/_ui/number-format.ts';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { verdictSetName, type VerdictDiff } from '#lib/schemas/rescore.ts';

/** Every set of verdicts, each as the one to compare from or to. */
export function SetTable({ diff }: { diff: VerdictDiff }) {
  const { sets, from, to, benchmark } = diff;
  const hrefFor = (side: { from?: string; to?: string }) => {
    const query = new URLSearchParams({
      ...(from !== null && { from }),
      ...(to !== null && { to }),
      ...side,
    });
    return `/benchmarks/${benchmark.id}/verdicts?${query.toString()}`;
  };
  return (
    <Table className="max-w-3xl">
      <thead>
        <tr>
          <HeaderCell>Verifier</HeaderCell>
          <HeaderCell>Policy</HeaderCell>
          <HeaderCell isNumber>Runs</HeaderCell>
          <HeaderCell isNumber>Being judged</HeaderCell>
          <HeaderCell>Compare</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {sets.map((set) => {
          const name = verdictSetName(set);
          return (
            <Row key={name}>
              <Cell className="whitespace-nowrap">
                {set.verifier}@{set.version}{' '}
                {set.isPinned && <Badge tone="good">on the board</Badge>}
              </Cell>
              <Cell className="max-w-72 truncate">
                {set.policy === 'default' ? (
                  'default'
                ) : (
                  <code className="text-xs">{set.policy}</code>
                )}
              </Cell>
              <Cell isNumber>{formatCount(set.runs)}</Cell>
              <Cell isNumber>{formatCount(set.unfinished)}</Cell>
              <Cell className="whitespace-nowrap">
                {name === from ? 'before' : <Link href={hrefFor({ from: name })}>as before</Link>}
                {' · '}
                {name === to ? 'after' : <Link href={hrefFor({ to: name })}>as after</Link>}
              </Cell>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}
