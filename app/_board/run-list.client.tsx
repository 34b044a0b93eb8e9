'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { formatMetric } from '#app/_ui/metric-format.ts';
import { metricUnit } from '#lib/analysis/print-metric.ts';
import { LiveValue } from '#app/_ui/live-value.client.tsx';
import { formatCount, formatPercent, halfWidth, UNKNOWN } from '#app/_ui/number-format.ts';
import type { BoardMetric } from '#lib/schemas/board-metric.ts';
import type { Board } from '#lib/schemas/board.ts';

const FIRST_ROWS = 40;

/** The board on a phone: one run a line with the three figures that matter. */
export function RunList({ board, metric }: { board: Board; metric: BoardMetric | null }) {
  const [isWhole, setWhole] = useState(false);
  const values = new Map(metric?.values.map((value) => [value.runId, value.value]));
  const rows = isWhole ? board.rows : board.rows.slice(0, FIRST_ROWS);
  return (
    <>
      <ol className="flex flex-col">
        {rows.map((row) => {
          const { accuracy, accuracyInterval, tokensMean } = row.figures;
          return (
            <li key={row.runId} className="border-b border-hair">
              <Link
                href={`/runs/${row.runId}`}
                className="grid grid-cols-[2rem_1fr_auto] items-baseline gap-x-2 py-2 no-underline"
              >
                <span className="text-muted">
                  {row.rank ?? UNKNOWN}
                  {row.isTied && '='}
                </span>
                <span className="min-w-0">
                  <span className="block truncate font-medium">{row.label}</span>
                  <span className="block truncate text-xs text-muted">
                    {row.model} · {row.trust}
                    {row.state === 'scoring' && ' · scoring'}
                    {row.state === 'live' && ' · in progress'}
                  </span>
                </span>
                <span className="text-right">
                  <span className="block">
                    <LiveValue value={accuracy}>{formatPercent(accuracy)}</LiveValue>
                    <span className="text-muted">
                      {' '}
                      %
                      {accuracyInterval !== null &&
                        ` ± ${formatPercent(halfWidth(accuracyInterval))}`}
                    </span>
                  </span>
                  <span className="block text-xs text-muted">
                    {formatCount(tokensMean)} tokens
                    {!row.isLengthComparable && tokensMean !== null && '*'}
                  </span>
                  {metric !== null && (
                    <span className="block text-xs text-muted">
                      {metric.label} {formatMetric(values.get(row.runId) ?? null, metric.unit)}{' '}
                      {metricUnit(metric.unit)}
                    </span>
                  )}
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
      {rows.length < board.rows.length && (
        <Button className="mt-3" onClick={() => setWhole(true)}>
          Show all {board.rows.length} runs
        </Button>
      )}
    </>
  );
}
