'use client';

import { budgetCurve } from '#app/_charts/budget-curve.client.tsx';
import { ChartPanel } from '#app/_charts/chart-panel.tsx';
import { lengths } from '#app/_charts/lengths.client.tsx';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import type { LengthBar } from '#lib/schemas/run.ts';

/** Both charts read one histogram. */
export function LengthCharts({
  runId,
  column,
  bars,
  expected,
  lengthLabel,
}: {
  runId: string;
  column: string | null;
  bars: LengthBar[];
  expected: number | null;
  lengthLabel: string;
}) {
  const data = { runs: [runId], ...(column === null ? {} : { column }) };
  return (
    <div className="flex flex-wrap gap-x-10 gap-y-8 py-4">
      <ChartPanel
        chart={lengths}
        actions={<ExportFigure subject={{ kind: 'length-histogram', data }} />}
        input={bars}
        note={`${lengthLabel}; green below: right, orange above: every other answer of known length`}
      />
      {expected !== null && (
        <ChartPanel
          chart={budgetCurve}
          actions={<ExportFigure subject={{ kind: 'budget-curve', data }} />}
          input={{ bars, expected }}
          note="A hard cut: right answers no longer than the budget ÷ expected attempts"
        />
      )}
    </div>
  );
}
