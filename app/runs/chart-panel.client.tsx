'use client';

import { useId } from 'react';
import { budgetCurve } from '#app/_charts/budget-curve.client.tsx';
import type { Chart } from '#app/_charts/chart.ts';
import { lengths } from '#app/_charts/lengths.client.tsx';
import { ExportFigure, type FigureSubject } from '#app/_figures/export-figure.client.tsx';
import { TableTwin } from '#app/_charts/table-twin.tsx';
import type { LengthBar } from '#lib/schemas/run.ts';

interface PanelProps<Input, Point> {
  chart: Chart<Input, Point>;
  input: Input;
  note: string;
  figure: FigureSubject;
}

/** A chart under its question, with what it measures and its table one click away. */
function ChartPanel<Input, Point>({ chart, input, note, figure }: PanelProps<Input, Point>) {
  const points = chart.toPoints(input);
  const title = useId();
  return (
    <figure aria-labelledby={title} className="flex min-w-0 flex-1 basis-96 flex-col gap-1">
      <figcaption>
        <h2 id={title} className="text-base">
          {chart.question}
        </h2>
        <p className="text-xs text-muted">{note}</p>
      </figcaption>
      <chart.Drawing input={input} />
      <div className="self-start">
        <ExportFigure subject={figure} />
      </div>
      <details className="text-xs text-muted">
        <summary>Table</summary>
        <div className="max-h-64 overflow-y-auto pt-1">
          <TableTwin
            caption={chart.question}
            columns={chart.columns}
            points={points}
            keyOf={(point) => JSON.stringify(point)}
          />
        </div>
      </details>
    </figure>
  );
}

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
        figure={{ kind: 'length-histogram', data }}
        input={bars}
        note={`${lengthLabel}; green below: right, orange above: every other answer of known length`}
      />
      {expected !== null && (
        <ChartPanel
          chart={budgetCurve}
          figure={{ kind: 'budget-curve', data }}
          input={{ bars, expected }}
          note="A hard cut: right answers no longer than the budget ÷ expected attempts"
        />
      )}
    </div>
  );
}
