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
    const summaries = await listRankingRows(db, benchmarkId);
    const { rows, column } = onePerRun(summaries.map(({ row }) => row));
    const tokenizerOf = new Map(summaries.map(({ row, tokenizer }) => [row, tokenizer]));
    const chosen = new Map(rows.map((row) => [row.runId, tokenizerOf.get(row) ?? 'reported']));
    const board = toBoard(rows, { benchmarkId, ...(column !== null && { lengthColumn: column }) });
    await withTransaction(db, async (session) => {
      await writeRanks(
        session,
        benchmarkId,
        board.rows.map(({ runId, rank, tieGroup, isTied }) => ({
          runId,
          rank,
          tieGroup,
          isTied,
          tokenizer: chosen.get(runId) ?? 'reported',
        })),
      );
      for (const id of await finishRankedSubmissions(session, benchmarkId)) {
        await moveSubmission(session, id, { from: ['aggregating'], to: 'done' });
      }
    });
  },
});
