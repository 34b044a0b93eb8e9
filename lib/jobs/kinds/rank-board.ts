import { z } from 'zod';
import { withTransaction } from '#lib/db/client.ts';
import { finishRankedSubmissions, listRankingRows, writeRanks } from '#lib/db/ranking.ts';
import { moveSubmission } from '#lib/db/submissions.ts';
import { toBoard } from '#lib/leaderboard/board.ts';
import { onePerRun } from '#lib/leaderboard/one-per-run.ts';
import { defineJobKind } from '../job-kind.ts';

/** Ranks the finished runs of a benchmark by paired tests, so that a page reads a number instead of testing. */
export const rankBoard = defineJobKind({
  id: 'rank-board',
  payload: z.object({ benchmarkId: z.uuid() }),
  maxAttempts: 25,
  async run({ benchmarkId }, { db }) {
    const { rows, column } = onePerRun(await listRankingRows(db, benchmarkId));
    const board = toBoard(rows, { benchmarkId, ...(column !== null && { lengthColumn: column }) });
    await withTransaction(db, async (session) => {
      await writeRanks(session, benchmarkId, board.rows);
      for (const id of await finishRankedSubmissions(session, benchmarkId)) {
        await moveSubmission(session, id, { from: ['aggregating'], to: 'done' });
      }
    });
  },
});
