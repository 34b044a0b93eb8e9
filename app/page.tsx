import { createLoader, type SearchParams } from 'nuqs/server';
import { listBoardMetrics } from '#lib/analysis/list-metrics.ts';
import { pageViewer } from '#lib/http/auth.ts';
import { listBoards } from '#lib/db/benchmarks.ts';
import { readBoard } from '#lib/db/board.ts';
import { db } from '#lib/db/client.ts';
import { Board } from './_board/board.client.tsx';
import { boardParsers, toBoardQuery } from './_board/board-state.ts';
import { EmptyBoard } from './_board/empty-board.tsx';
import { UnknownBenchmark } from './_board/unknown-benchmark.tsx';

const loadState = createLoader(boardParsers);

export default async function BoardPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const state = await loadState(searchParams);
  const viewer = await pageViewer();
  const boards = await listBoards(db(), viewer);
  if (boards.benchmarks.length === 0) return <EmptyBoard />;

  const firstModel = state.benchmark === null ? await findFirstModel(viewer) : null;
  const query = toBoardQuery(state, firstModel);
  const found = await readBoard(db(), query, viewer);
  if (found === null) return <UnknownBenchmark name={state.benchmark} />;
  return (
    <Board
      boards={boards}
      metrics={listBoardMetrics()}
      firstModel={firstModel}
      initial={{ query, board: found.board }}
    />
  );
}

/** The model with most runs on the board of a first visit; null when there is nothing to choose. */
async function findFirstModel(
  viewer: Awaited<ReturnType<typeof pageViewer>>,
): Promise<string | null> {
  const none = toBoardQuery({ ...NOTHING_CHOSEN }, null);
  const whole = await readBoard(db(), none, viewer);
  const models = whole?.board.facets.models ?? [];
  return models.length > 1 && !whole?.board.rows.some((row) => row.isProgram)
    ? (models[0]?.value ?? null)
    : null;
}

const NOTHING_CHOSEN = {
  benchmark: null,
  split: null,
  model: null,
  method: null,
  family: null,
  trust: null,
  slice: null,
  q: '',
  column: null,
  x: 'log',
  view: 'chart',
  sort: null,
  metric: null,
  budget: null,
  region: null,
  band: false,
  curves: false,
  foreign: false,
  sensitivity: false,
} as const;
