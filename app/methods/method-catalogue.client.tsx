'use client';

import Link from 'next/link';
import { parseAsArrayOf, parseAsString, useQueryStates } from 'nuqs';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageTable } from '#app/_figures/subjects.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { TextInput } from '#app/_ui/field.tsx';
import { Unknown } from '#app/_ui/figure-cell.tsx';
import { MultiSelect } from '#app/_ui/multi-select.client.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { filterMethods } from '#lib/leaderboard/filter-methods.ts';
import type { Method } from '#lib/schemas/catalogue.ts';

const parsers = {
  q: parseAsString.withDefault(''),
  stage: parseAsArrayOf(parseAsString).withDefault([]),
};

/** The catalogue under a search and a filter by stage, both in the address. */
export function MethodCatalogue({ methods }: { methods: Method[] }) {
  const [{ q, stage }, setState] = useQueryStates(parsers, { history: 'replace' });
  const shown = filterMethods(methods, { q, stage });
  const counts = new Map<string, number>();
  for (const method of methods) {
    if (method.stage !== null) counts.set(method.stage, (counts.get(method.stage) ?? 0) + 1);
  }
  return (
    <>
      <form
        role="search"
        aria-label="Filter methods"
        className="flex flex-wrap gap-2 pb-4"
        onSubmit={(event) => event.preventDefault()}
      >
        <TextInput
          type="search"
          aria-label="Search methods"
          placeholder="Search methods"
          className="w-56!"
          value={q}
          onChange={(event) => void setState({ q: event.target.value })}
        />
        <MultiSelect
          label="Stages"
          choices={[...counts].map(([value, count]) => ({ value, count }))}
          chosen={stage}
          onChange={(next) => void setState({ stage: next })}
        />
        {shown.length > 0 && <ExportFigure subject={pageTable('methods', { q, stage })} />}
      </form>
      {shown.length === 0 ? (
        <EmptyState
          title="No method passes these filters"
          action={<Button onClick={() => void setState({ q: '', stage: [] })}>Show all</Button>}
        />
      ) : (
        <Table>
          <caption className="sr-only">Methods with their stage, mechanism, paper and runs</caption>
          <thead>
            <tr>
              <HeaderCell>Method</HeaderCell>
              <HeaderCell>Stage</HeaderCell>
              <HeaderCell className="max-md:hidden">Mechanism</HeaderCell>
              <HeaderCell>Paper</HeaderCell>
              <HeaderCell>Runs by board</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {shown.map((method) => (
              <MethodRow key={method.name} method={method} />
            ))}
          </tbody>
        </Table>
      )}
    </>
  );
}

function MethodRow({ method }: { method: Method }) {
  return (
    <Row className="align-top hover:bg-sunken">
      <Cell className="py-1.5 font-medium">{method.name}</Cell>
      <Cell className="py-1.5 text-muted">
        {method.stage ?? <Unknown reason="Not in the catalogue." />}
        {method.substage !== null && method.substage !== '' && (
          <span className="block text-xs">{method.substage}</span>
        )}
      </Cell>
      <Cell className="max-w-prose py-1.5 text-muted max-md:hidden">{method.mechanism}</Cell>
      <Cell className="py-1.5 whitespace-nowrap">
        {method.arxiv === null ? (
          <Unknown reason="No paper is named." />
        ) : (
          <a
            href={`https://arxiv.org/abs/${encodeURIComponent(method.arxiv)}`}
            rel="noreferrer"
            className="underline"
          >
            {method.arxiv}
          </a>
        )}
      </Cell>
      <Cell className="py-1.5">
        {method.boards.length === 0 ? (
          <span className="text-muted">none yet</span>
        ) : (
          <ul className="flex flex-wrap gap-x-3">
            {method.boards.map((board) => (
              <li key={board.benchmarkId} className="whitespace-nowrap">
                <Link href={hrefOf(method.name, board.benchmarkId)} className="underline">
                  {board.title} {board.runs}
                </Link>
                {board.published > 0 && (
                  <span className="text-xs text-muted">
                    {' '}
                    {board.published === board.runs
                      ? 'published'
                      : `${String(board.published)} published`}
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </Cell>
    </Row>
  );
}

/** The board of a benchmark with the runs of one method. */
function hrefOf(method: string, benchmark: string): string {
  const query = new URLSearchParams({
    benchmark,
    model: '',
    method: method.replaceAll(',', '%2C'),
  });
  return `/?${query.toString()}`;
}
