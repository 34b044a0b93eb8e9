import { useId, type ReactNode } from 'react';
import type { Chart } from './chart.ts';
import { TableTwin } from './table-twin.tsx';

interface PanelProps<Input, Point> {
  chart: Chart<Input, Point>;
  input: Input;
  note: string;
  /** Below the drawing: ways to take it away. */
  actions?: ReactNode;
}

/** A chart under its question, with what it measures and its table one click away. */
export function ChartPanel<Input, Point>({
  chart,
  input,
  note,
  actions,
}: PanelProps<Input, Point>) {
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
      {actions !== undefined && <div className="self-start">{actions}</div>}
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
