import { ButtonLink } from '#app/_ui/button.tsx';
import { CopyLine } from '#app/_ui/copy-button.client.tsx';
import type { Board, BoardQuery } from '#lib/schemas/board.ts';
import { boardAddress } from './board-state.ts';

/** The same board to take along: what these links answer is what the page draws. */
export function DataLinks({ query, board }: { query: BoardQuery; board: Board }) {
  const papers = [...new Set(board.rows.flatMap((row) => row.citation?.arxiv ?? []))];
  return (
    <div className="flex max-w-prose flex-col gap-4 py-2">
      <p className="text-muted">
        {board.rows.length} runs with every figure, its interval and the reason where one is
        missing. Fractions are from 0 to 1.
      </p>
      <div className="flex gap-2">
        <ButtonLink href={boardAddress(query, 'csv')} prefetch={false} download>
          CSV
        </ButtonLink>
        <ButtonLink href={boardAddress(query)} prefetch={false}>
          JSON
        </ButtonLink>
      </div>
      <CopyLine text={boardAddress(query)} />
      {papers.length > 0 && (
        <p className="text-muted">
          Reported figures are from{' '}
          {papers.map((id, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <a
                href={`https://arxiv.org/abs/${encodeURIComponent(id)}`}
                rel="noreferrer"
                className="underline"
              >
                arXiv {id}
              </a>
            </span>
          ))}
          .
        </p>
      )}
    </div>
  );
}
