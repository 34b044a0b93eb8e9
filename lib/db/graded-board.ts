import { toGradedBoard, type GradedBoard } from '#lib/leaderboard/graded-board.ts';
import { listBenchmarks, type ReadableBenchmark } from './benchmarks.ts';
import type { Db } from './client.ts';
import { listGradedRuns, type GradedRun } from './gradings.ts';
import type { Viewer } from './visibility.ts';

/** Of the boards with most runs. */
const LOOKED_AT = 12;

export interface GradedBoards {
  board: GradedBoard;
  chosen: ReadableBenchmark;
  /** All that could be chosen, the most used first. */
  benchmarks: ReadableBenchmark[];
}

/** The graded board of a benchmark by name; of an unknown or no name the most used one. Null where none is graded. */
export async function findGradedBoard(
  db: Db,
  name: string | undefined,
  viewer: Viewer,
): Promise<GradedBoards | null> {
  const used = (await listBenchmarks(db, viewer)).filter(({ runs }) => runs > 0);
  const graded: { one: ReadableBenchmark; runs: GradedRun[] }[] = [];
  for (const one of used.slice(0, LOOKED_AT)) {
    const runs = await listGradedRuns(db, one.id, viewer);
    if (runs.length > 0) graded.push({ one, runs });
  }
  const chosen = graded.find(({ one }) => one.name === name) ?? graded[0];
  if (chosen === undefined) return null;
  return {
    board: toGradedBoard(chosen.one, chosen.runs),
    chosen: chosen.one,
    benchmarks: graded.map(({ one }) => one),
  };
}
