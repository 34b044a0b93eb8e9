'use client';

import { bump, bumpColour } from '#app/_charts/bump.client.tsx';
import { ChartPanel } from '#app/_charts/chart-panel.tsx';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageLines } from '#app/_figures/subjects.ts';
import type { RankChanges } from '#lib/leaderboard/rank-changes.ts';

/** The ranks of a board under each grading, with their table. */
export function RankPanel({ changes, benchmark }: { changes: RankChanges; benchmark: string }) {
  return (
    <div className="flex min-w-0 flex-wrap gap-x-8 gap-y-2">
      <ChartPanel
        chart={bump}
        input={changes}
        actions={
          <ExportFigure
            subject={pageLines(
              'verifier-ranks',
              { benchmark },
              { x: 'grading_place', y: ['rank'], series: 'run' },
            )}
          />
        }
        note="Rank 1 is on top; equal shares share a rank. Point at a column for its names."
      />
      <ul className="flex max-w-72 flex-col gap-1 lg:pt-12 text-xs text-muted">
        {changes.runs.map(({ runId, name }, index) => (
          <li key={runId} className="flex items-center gap-1.5">
            <span
              aria-hidden
              className="h-0.5 w-4 shrink-0"
              style={{ background: bumpColour(index) }}
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
