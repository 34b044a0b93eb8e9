import { front } from '#app/_charts/front.client.tsx';
import { TableTwin } from '#app/_charts/table-twin.tsx';
import type { Board } from '#lib/schemas/board.ts';

/** The numbers of the front chart, in its order from few tokens to many. */
export function FrontTwin({ board }: { board: Board }) {
  const points = front
    .toPoints({ board, x: 'log', budget: null })
    .sort((a, b) => a.tokens - b.tokens);
  return (
    <TableTwin
      caption={`${front.question} ${board.finding}`}
      columns={front.columns}
      points={points}
      keyOf={(point) => point.runId}
    />
  );
}
