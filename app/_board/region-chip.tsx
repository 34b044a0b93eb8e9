import { isInRegion, type Region } from '#app/_charts/region.ts';
import { Button } from '#app/_ui/button.tsx';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import type { Board } from '#lib/schemas/board.ts';

/** The board with the runs of a region alone; ranks stay those of the whole. */
export function boardInRegion(board: Board, region: Region | null): Board {
  if (region === null) return board;
  const rows = board.rows.filter(({ figures }) =>
    isInRegion(region, { tokens: figures.tokensMean, accuracy: figures.accuracy }),
  );
  return { ...board, rows };
}

/** Says what the table below is narrowed to, and takes it away. */
export function RegionChip({
  region,
  board,
  shown,
  onClear,
}: {
  region: Region;
  board: Board;
  shown: number;
  onClear: () => void;
}) {
  const [fewest, most] = region.tokens;
  const [low, high] = region.accuracy;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-4 text-sm" role="status">
      <span>
        {shown} of {board.rows.length} runs: {formatCount(Math.max(fewest, 0))} to{' '}
        {formatCount(most)} {board.column === 'characters' ? 'characters' : 'tokens'},{' '}
        {formatPercent(Math.max(low, 0))} to {formatPercent(Math.min(high, 1))} % accuracy
      </span>
      <Button look="quiet" onClick={onClear}>
        Show all
      </Button>
    </p>
  );
}
