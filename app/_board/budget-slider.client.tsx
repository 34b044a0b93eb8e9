'use client';

import { Button } from '#app/_ui/button.tsx';
import { formatCount, formatPercent } from '#app/_ui/number-format.ts';
import type { Board } from '#lib/schemas/board.ts';

interface BudgetSliderProps {
  board: Board;
  budget: number | null;
  onChange: (budget: number | null) => void;
}

/** Steps of the slider; it moves on a log scale, where equal steps are equal savings. */
const STEPS = 100;

/** Dims what costs more than the reader would pay, and names the best of the rest. */
export function BudgetSlider({ board, budget, onChange }: BudgetSliderProps) {
  const lengths = board.rows
    .flatMap((row) => (row.isLengthComparable ? (row.figures.tokensMean ?? []) : []))
    .filter((length) => length > 0);
  if (lengths.length < 2) return null;
  const low = Math.log(Math.min(...lengths));
  const span = Math.max(Math.log(Math.max(...lengths)) - low, 1e-9);
  const position = budget === null ? STEPS : Math.round(((Math.log(budget) - low) / span) * STEPS);
  const best =
    budget === null ? undefined : board.front.findLast((point) => point.tokens <= budget);
  const label = board.rows.find((row) => row.runId === best?.runId)?.label;
  return (
    <div className="flex min-h-8 min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-sm lg:min-w-[36rem] lg:justify-end">
      <label htmlFor="budget" className="text-muted">
        Budget
      </label>
      <input
        id="budget"
        type="range"
        min={0}
        max={STEPS}
        value={Math.min(STEPS, Math.max(0, position))}
        aria-valuetext={budget === null ? 'no limit' : `${formatCount(budget)} tokens`}
        className="w-40 accent-[var(--mark-accent)]"
        onChange={(event) => {
          const step = Number(event.target.value);
          onChange(step >= STEPS ? null : Math.ceil(Math.exp(low + (span * step) / STEPS)));
        }}
      />
      <output htmlFor="budget" className="min-w-24">
        {budget === null ? (
          <span className="text-muted">no limit</span>
        ) : (
          `≤ ${formatCount(budget)}`
        )}
      </output>
      {best !== undefined && (
        <span className="text-muted">
          best: <span className="text-ink">{label}</span>, {formatPercent(best.accuracy)} %
        </span>
      )}
      {budget !== null && (
        <Button look="quiet" onClick={() => onChange(null)}>
          No limit
        </Button>
      )}
    </div>
  );
}
