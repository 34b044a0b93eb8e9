'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { front } from '#app/_charts/front.client.tsx';
import { SENSITIVITY_MEANING } from '#app/_charts/front-points.ts';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { frontSubject, frontTable, tableSubject } from '#app/_figures/subjects.ts';
import type { MetricChoice } from '#lib/analysis/list-metrics.ts';
import { Notice } from '#app/_ui/notice.tsx';
import { Tabs } from '#app/_ui/tabs.client.tsx';
import { describeSlice } from '#lib/leaderboard/item-slice.ts';
import type { BenchmarkList } from '#lib/schemas/benchmark.ts';
import type { Board as BoardData, BoardQuery } from '#lib/schemas/board.ts';
import type { BoardMetric } from '#lib/schemas/board-metric.ts';
import { BoardFilters } from './board-filters.client.tsx';
import { boardQuery } from './board-query.ts';
import { boardParsers, toBoardQuery } from './board-state.ts';
import { BoardTable } from './board-table.client.tsx';
import { BudgetSlider } from './budget-slider.client.tsx';
import { DataLinks } from './data-links.tsx';
import { FamilyVolumes } from './family-volumes.tsx';
import { FrontOptions } from './front-options.client.tsx';
import { frontQuery } from './front-query.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { FrontLegend } from './front-legend.tsx';
import { FrontTwin } from './front-twin.tsx';
import { metricQuery } from './metric-query.ts';
import { MetricSelect } from './metric-select.tsx';
import { boardInRegion, RegionChip } from './region-chip.tsx';
import { RunList } from './run-list.client.tsx';

interface BoardProps {
  boards: BenchmarkList;
  metrics: readonly MetricChoice[];
  firstModel: string | null;
  initial: { query: BoardQuery; board: BoardData };
}

/** The board under its filters: what the server read first, then whatever the address asks for. */
export function Board({ boards, metrics, firstModel, initial }: BoardProps) {
  const [state, setState] = useQueryStates(boardParsers, { history: 'replace' });
  const query = toBoardQuery(state, firstModel);
  const isInitial = JSON.stringify(query) === JSON.stringify(initial.query);
  const { data, error, isPlaceholderData } = useQuery({
    ...boardQuery(query),
    ...(isInitial ? { initialData: initial.board } : {}),
    placeholderData: keepPreviousData,
  });
  const board = data ?? initial.board;
  const { data: found = null } = useQuery({
    ...frontQuery(query, state.foreign),
    placeholderData: keepPreviousData,
  });
  const { data: metric = null, error: metricError } = useQuery(metricQuery(query, state.metric));
  const shownMetric = state.metric === null ? null : metric;
  const listed = boardInRegion(board, state.region);
  const Drawing = front.Drawing;
  const chooseMetric = (next: string | null) =>
    void setState({
      metric: next,
      // The order by a column that is gone would be none.
      ...(state.sort?.endsWith('metric') === true && { sort: null }),
    });

  return (
    <div className="flex flex-col">
      <BoardFilters
        boards={boards}
        board={board}
        state={state}
        query={query}
        onChange={(next) => void setState(next)}
      />
      {error !== null && (
        <Notice tone="bad" title="The board could not be read again">
          What you see is the last answer. The server may be restarting; the page asks again by
          itself.
        </Notice>
      )}
      <div className={isPlaceholderData ? 'opacity-60 transition-opacity duration-150' : undefined}>
        <header className="flex flex-col gap-1 pt-4 pb-2">
          <h1 className="text-lg text-pretty sm:text-xl">{board.finding}</h1>
          <p className="text-xs text-muted">
            {board.benchmark?.title ?? front.question}
            {board.benchmark?.itemCount ? ` · ${describeItems(board)}` : ''}
            {` · ${board.lengthLabel}`}
            {board.rows.some((row) => row.verifier !== null) &&
              board.benchmark?.verifier != null &&
              ` · judged by ${board.benchmark.verifier}`}
            {` · ${describeRuns(board)}`}
          </p>
        </header>
        {board.rows.length === 0 ? (
          <EmptyState title="No run passes these filters">
            <p>Take one away, or choose another benchmark.</p>
          </EmptyState>
        ) : (
          <Tabs
            label="Views of the board"
            value={state.view}
            onChange={(view) => void setState({ view: view as typeof state.view })}
            tabs={[
              {
                id: 'chart',
                label: 'Chart',
                content: (
                  <figure className="flex flex-col gap-2" aria-labelledby="front-question">
                    <figcaption id="front-question" className="sr-only">
                      {front.question} The tab “Table” holds the same numbers.
                      {state.sensitivity && ` ${SENSITIVITY_MEANING}`}
                    </figcaption>
                    <Drawing
                      input={{
                        ...{ board, x: state.x, budget: state.budget, front: found },
                        ...{ hasBand: state.band, hasCurves: state.curves },
                        hasSensitivity: state.sensitivity,
                        region: state.region,
                        onSelect: (region) => void setState({ region }),
                      }}
                    />
                    <div className="flex flex-col gap-x-8 gap-y-2 lg:flex-row lg:items-center lg:justify-between">
                      <div className="flex flex-col gap-1">
                        <FrontLegend board={board} hasSensitivity={state.sensitivity} />
                        <FrontOptions
                          board={board}
                          front={found}
                          state={state}
                          onChange={(next) => void setState(next)}
                        />
                      </div>
                      <div className="flex shrink-0 flex-wrap items-center gap-x-6 gap-y-2 lg:flex-nowrap">
                        <ExportFigure subject={frontSubject(board, query, state)} />
                        <BudgetSlider
                          board={board}
                          budget={state.budget}
                          onChange={(budget) => void setState({ budget })}
                        />
                      </div>
                    </div>
                    {found !== null && (
                      <FamilyVolumes
                        front={found}
                        subject={frontTable('front-families', board, query, state.foreign)}
                      />
                    )}
                  </figure>
                ),
              },
              {
                id: 'table',
                label: 'Table',
                content: (
                  <div className="flex flex-col gap-3">
                    <div className="self-end">
                      <ExportFigure subject={frontTable('front', board, query, state.foreign)} />
                    </div>
                    <FrontTwin board={board} found={found} metric={shownMetric} />
                  </div>
                ),
              },
              { id: 'data', label: 'Data', content: <DataLinks query={query} board={board} /> },
            ]}
          />
        )}
      </div>
      {board.rows.length > 0 && (
        <>
          {state.region !== null && (
            <RegionChip
              region={state.region}
              board={board}
              shown={listed.rows.length}
              onClear={() => void setState({ region: null })}
            />
          )}
          <section aria-label="All runs" className="hidden pt-6 md:block">
            <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-1 pb-1">
              <MetricNote
                metric={shownMetric}
                error={metricError}
                isAsked={state.metric !== null}
              />
              <MetricSelect metrics={metrics} chosen={state.metric} onChange={chooseMetric} />
              <ExportFigure subject={tableSubject(board, query)} label="Table for a paper" />
            </div>
            <BoardTable
              board={listed}
              sort={state.sort}
              budget={state.budget}
              hasSensitivity={state.sensitivity}
              metric={shownMetric}
              onSort={(sort) => void setState({ sort })}
            />
          </section>
          <section aria-label="All runs" className="pt-6 md:hidden">
            <div className="flex flex-col gap-1 pb-2">
              <MetricSelect metrics={metrics} chosen={state.metric} onChange={chooseMetric} />
              <MetricNote
                metric={shownMetric}
                error={metricError}
                isAsked={state.metric !== null}
              />
            </div>
            <RunList board={listed} metric={shownMetric} />
          </section>
        </>
      )}
      {board.omitted.length > 0 && (
        <details className="pt-4 text-sm text-muted">
          <summary>{board.omitted.length} left out of the mean</summary>
          <ul className="pt-2">
            {board.omitted.map((one) => (
              <li key={`${one.model} ${one.label}`}>
                {one.label} · {one.model}: {one.reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** What the further column is over, while it is computed, or why there is none. */
function MetricNote({
  metric,
  error,
  isAsked,
}: {
  metric: BoardMetric | null;
  error: Error | null;
  isAsked: boolean;
}) {
  if (!isAsked) return null;
  const text =
    error?.message ??
    (metric === null ? 'The column is being computed …' : `${metric.label}: ${metric.note}.`);
  return (
    <p role="status" className="min-w-0 flex-1 text-xs text-muted">
      {text}
    </p>
  );
}

/** A benchmark's items, or the part of them that the address asks for. */
function describeItems({ benchmark, slice }: BoardData): string {
  const all = `${benchmark?.itemCount ?? 0} items`;
  return slice === null ? all : `${describeSlice(slice.pairs)}: ${slice.items} of ${all}`;
}

function describeRuns(board: BoardData): string {
  const scoring = board.rows.filter((row) => row.state === 'scoring').length;
  const shown =
    board.rows.length === board.runs
      ? `${board.runs} runs`
      : `${board.rows.length} of ${board.runs} runs`;
  const live = board.rows.filter((row) => row.state === 'live').length;
  return [
    shown,
    ...(scoring === 0 ? [] : [`${scoring} being scored`]),
    ...(live === 0 ? [] : [`${live} in progress`]),
  ].join(', ');
}
