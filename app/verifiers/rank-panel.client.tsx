'use client';

import { bump } from '#app/_charts/bump.client.tsx';
import { ChartPanel } from '#app/_charts/chart-panel.tsx';
import type { RankChanges } from '#lib/leaderboard/rank-changes.ts';

/** The ranks of a board under each grading, with their table. */
export function RankPanel({ changes }: { changes: RankChanges }) {
  return (
    <ChartPanel
      chart={bump}
      input={changes}
      note="Rank 1 is on top; equal shares share a rank. Point at a column for its names."
    />
  );
}
