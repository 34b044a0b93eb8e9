'use client';

import { type SortingState, useTable } from '@tanstack/react-table';
import { useMemo, useState, type ReactNode } from 'react';
import { Button, ButtonLink } from '#app/_ui/button.tsx';
import { classNames } from '#app/_ui/class-names.ts';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { Tooltip } from '#app/_ui/tooltip.client.tsx';
import type { BoardMetric } from '#lib/schemas/board-metric.ts';
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

/** As many as a comparison takes. */
const MOST_COMPARED = 8;

interface BoardTableProps {
  board: Board;
  /** A column id, with a minus before it for descending; null is the order of ranks. */
  sort: string | null;
  budget: number | null;
  hasSensitivity: boolean;
  /** A further column; null while it is computed and where none is chosen. */
  metric: BoardMetric | null;
  onSort: (sort: string | null) => void;
}

export function BoardTable({
  board,
  sort,
  budget,
  hasSensitivity,
  metric,
  onSort,
}: BoardTableProps) {
  const [isWhole, setWhole] = useState(false);
  const [compared, setCompared] = useState<readonly string[]>([]);
  const columns = useMemo(
    () => boardColumns(accuracyRange(board.rows), { hasSensitivity, metric }),
    [board.rows, hasSensitivity, metric],
  );
  const sorting = useMemo<SortingState>(
    () => parseSort(sort).filter(({ id }) => columns.some((column) => column.id === id)),
    [sort, columns],
  );
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
  // Published figures have no items to compare; a lone run has nobody to be compared with.
  const canCompare = board.rows.filter(({ trust }) => trust !== 'reported').length > 1;
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
                      definition={
                        header.id === 'metric' ? metric?.description : DEFINITIONS[header.id]
                      }
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
                    {cell.column.id === 'rank' &&
                    canCompare &&
                    row.original.trust !== 'reported' ? (
                      <CompareBox
                        label={row.original.label}
                        isChosen={compared.includes(row.original.runId)}
                        isFull={compared.length >= MOST_COMPARED}
                        onChange={(isChosen) => {
                          const others = compared.filter((id) => id !== row.original.runId);
                          setCompared(isChosen ? [...others, row.original.runId] : others);
                        }}
                      >
                        <table.FlexRender cell={cell} />
                      </CompareBox>
                    ) : (
                      <table.FlexRender cell={cell} />
                    )}
                  </Cell>
                ))}
              </Row>
            );
          })}
        </tbody>
      </Table>
      {compared.length > 0 && (
        <div className="sticky bottom-3 z-10 mt-3 flex items-center gap-2 self-start rounded-[5px] border border-firm bg-raised p-2 text-sm shadow-lg">
          {compared.length < 2 ? (
            <span className="px-1 text-muted">Choose another run to compare with</span>
          ) : (
            <ButtonLink look="primary" href={`/compare?runs=${compared.join(',')}`}>
              Compare {compared.length} runs
            </ButtonLink>
          )}
          <Button look="quiet" onClick={() => setCompared([])}>
            Clear
          </Button>
        </div>
      )}
      {shown.length < rows.length && (
        <Button className="mt-3 self-start" onClick={() => setWhole(true)}>
          Show all {rows.length} runs
        </Button>
      )}
    </>
  );
}

/** The place of a run, with a box to choose it for a comparison. */
function CompareBox({
  label,
  isChosen,
  isFull,
  onChange,
  children,
}: {
  label: string;
  isChosen: boolean;
  isFull: boolean;
  onChange: (isChosen: boolean) => void;
  children: ReactNode;
}) {
  return (
    <span className="inline-flex items-center gap-2">
      <input
        type="checkbox"
        aria-label={`Compare ${label}`}
        checked={isChosen}
        disabled={isFull && !isChosen}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 accent-ink"
      />
      {children}
    </span>
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
  children: ReactNode;
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
