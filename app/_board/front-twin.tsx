import { front } from '#app/_charts/front.client.tsx';
import type { TwinColumn } from '#app/_charts/chart.ts';
import type { RunMark } from '#app/_charts/front-points.ts';
import { TableTwin } from '#app/_charts/table-twin.tsx';
import type { Board } from '#lib/schemas/board.ts';
import type { Front } from '#lib/schemas/front.ts';

/** The numbers of the front chart, in its order from few tokens to many. */
export function FrontTwin({ board, found }: { board: Board; found: Front | null }) {
  const points = front
    .toPoints({ board, x: 'log', budget: null, front: found })
    .sort((a, b) => a.tokens - b.tokens);
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
      columns={[...front.columns, beatenBy]}
      points={points}
      keyOf={(point) => point.runId}
    />
  );
}
