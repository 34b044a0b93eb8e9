import { front } from '#app/_charts/front.client.tsx';
import type { TwinColumn } from '#app/_charts/chart.ts';
import type { RunMark } from '#app/_charts/front-points.ts';
import { formatMetric, formatMetricRange } from '#app/_ui/metric-format.ts';
import { unitSuffix } from '#lib/analysis/print-metric.ts';
import { TableTwin } from '#app/_charts/table-twin.tsx';
import type { Board } from '#lib/schemas/board.ts';
import type { BoardMetric } from '#lib/schemas/board-metric.ts';
import type { Front } from '#lib/schemas/front.ts';

/** The numbers of the front chart, in its order from few tokens to many. */
export function FrontTwin({
  board,
  found,
  metric,
}: {
  board: Board;
  found: Front | null;
  metric: BoardMetric | null;
}) {
  const points = front
    .toPoints({ board, x: 'log', budget: null, front: found })
    .sort((a, b) => a.tokens - b.tokens);
  const isGraded = points.some(({ sensitivity }) => sensitivity !== null);
  const labels = new Map(board.rows.map(({ runId, label }) => [runId, label]));
  const beatenBy: TwinColumn<RunMark> = {
    header: 'Dominated by',
    isNumber: false,
    value: ({ isOnFront, dominatedBy }) => {
      if (isOnFront) return 'none';
      const [first, ...others] = dominatedBy.flatMap((runId) => labels.get(runId) ?? []);
      if (first === undefined) return null;
      return others.length === 0 ? first : `${first} and ${String(others.length)} more`;
    },
  };
  return (
    <TableTwin
      caption={`${front.question} ${board.finding}`}
      columns={[
        ...front.columns.filter(({ header }) => isGraded || !header.endsWith('policy, %')),
        beatenBy,
        ...(metric === null ? [] : metricColumns(metric)),
      ]}
      points={points}
      keyOf={(point) => point.runId}
    />
  );
}

function metricColumns({ label, unit, values }: BoardMetric): TwinColumn<RunMark>[] {
  const byRun = new Map(values.map((value) => [value.runId, value]));
  return [
    {
      header: `${label}${unitSuffix(unit)}`,
      isNumber: true,
      value: ({ runId }) => {
        const value = byRun.get(runId)?.value ?? null;
        return value === null ? null : formatMetric(value, unit);
      },
    },
    {
      header: '95 % interval',
      isNumber: true,
      value: ({ runId }) => {
        const interval = byRun.get(runId)?.interval ?? null;
        return interval === null ? null : formatMetricRange(interval, unit);
      },
    },
  ];
}
