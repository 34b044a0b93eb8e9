'use client';

import { type SortingState, useTable } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { classNames } from '#app/_ui/class-names.ts';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { Tooltip } from '#app/_ui/tooltip.client.tsx';
import type { Board } from '#lib/schemas/board.ts';
import {
  accuracyRange,
  boardColumns,
  DEFINITIONS,
  features,
  NUMBER_COLUMNS,
} from './board-columns.client.tsx';

/** Enough for every board of today; a page of 500 rows would weigh more than all the rest. */
const FIRST_ROWS = 60;

interface BoardTableProps {
  board: Board;
  /** A column id, with a minus before it for descending; null is the order of ranks. */
  sort: string | null;
  budget: number | null;
  onSort: (sort: string | null) => void;
}

export function BoardTable({ board, sort, budget, onSort }: BoardTableProps) {
  const [isWhole, setWhole] = useState(false);
  const columns = useMemo(() => boardColumns(accuracyRange(board.rows)), [board.rows]);
  const sorting = useMemo<SortingState>(() => parseSort(sort), [sort]);
  const table = useTable({
    features,
    columns,
    data: board.rows,
    state: { sorting },
    onSortingChange: (update) => {
      const [first] = typeof update === 'function' ? update(sorting) : update;
      onSort(first === undefined ? null : `${first.desc ? '-' : ''}${first.id}`);
    },
  });
  const rows = table.getRowModel().rows;
  const shown = isWhole ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <>
      <Table>
        <caption className="sr-only">All runs of the board with their figures</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const direction = header.column.getIsSorted();
                return (
                  <HeaderCell
                    key={header.id}
                    isNumber={NUMBER_COLUMNS.has(header.id)}
                    aria-sort={
                      direction === false
                        ? undefined
                        : direction === 'asc'
                          ? 'ascending'
                          : 'descending'
                    }
                  >
                    <SortButton
                      definition={DEFINITIONS[header.id]}
                      direction={direction}
                      onClick={() => header.column.toggleSorting()}
                    >
                      <table.FlexRender header={header} />
                    </SortButton>
                  </HeaderCell>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {shown.map((row) => {
            const { tokensMean } = row.original.figures;
            const isOverBudget = budget !== null && tokensMean !== null && tokensMean > budget;
            return (
              <Row
                key={row.original.runId}
                className={classNames(
                  'transition-opacity duration-150 hover:bg-sunken',
                  isOverBudget && 'opacity-45',
                )}
              >
                {row.getAllCells().map((cell) => (
                  <Cell
                    key={cell.id}
                    isNumber={NUMBER_COLUMNS.has(cell.column.id)}
                    className={cell.column.id === 'run' ? 'max-w-md' : 'whitespace-nowrap'}
                  >
                    <table.FlexRender cell={cell} />
                  </Cell>
                ))}
              </Row>
            );
          })}
        </tbody>
      </Table>
      {shown.length < rows.length && (
        <Button className="mt-3 self-start" onClick={() => setWhole(true)}>
          Show all {rows.length} runs
        </Button>
      )}
    </>
  );
}

function SortButton({
  definition,
  direction,
  onClick,
  children,
}: {
  definition: string | undefined;
  direction: false | 'asc' | 'desc';
  onClick: () => void;
  children: React.ReactNode;
}) {
  const button = (
    <button
      type="button"
      onClick={onClick}
      className="inline-flex items-center gap-1 font-medium hover:text-ink"
    >
      {children}
      <span aria-hidden className="w-2 text-ink">
        {direction === false ? '' : direction === 'asc' ? '↑' : '↓'}
      </span>
    </button>
  );
  return definition === undefined ? button : <Tooltip text={definition}>{button}</Tooltip>;
}

function parseSort(sort: string | null): SortingState {
  if (sort === null || sort === '') return [];
  return sort.startsWith('-') ? [{ id: sort.slice(1), desc: true }] : [{ id: sort, desc: false }];
}
