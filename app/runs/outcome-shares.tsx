import { formatPercent } from '#app/_ui/number-format.ts';
import { outcomeShares, type OutcomeName } from '#lib/leaderboard/outcome-shares.ts';
import type { RunFigures } from '#lib/schemas/run.ts';

/** What became of the expected attempts; the shares add up to all of them. */
export function OutcomeShares({ figures }: { figures: RunFigures }) {
  const shares = outcomeShares(figures);
  if (shares === null) return null;
  return (
    <div className="flex flex-col gap-2">
      <div aria-hidden className="flex h-3 w-full gap-px overflow-hidden rounded-[3px]">
        {shares.map(({ name, share }) => (
          <span key={name} style={{ width: `${share * 100}%`, background: LOOKS[name].colour }} />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
        {shares.map(({ name, share }) => (
          <li key={name} title={LOOKS[name].meaning} className="flex items-center gap-1.5">
            <span
              aria-hidden
              className="size-2.5 rounded-[2px]"
              style={{ background: LOOKS[name].colour }}
            />
            {name} <span className="text-ink">{formatPercent(share)} %</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const LOOKS: Readonly<Record<OutcomeName, { colour: string; meaning: string }>> = {
  correct: { colour: 'var(--mark-right)', meaning: 'Judged right.' },
  wrong: { colour: 'var(--mark-wrong)', meaning: 'Judged wrong.' },
  unparsed: { colour: 'var(--line-firm)', meaning: 'No answer was found in the output.' },
  unverifiable: { colour: 'var(--family-5)', meaning: 'The answer could not be judged.' },
  error: { colour: 'var(--family-4)', meaning: 'The request failed; there is no usable output.' },
  missing: {
    colour: 'var(--line-hair)',
    meaning: 'Expected by the item list and not in the file.',
  },
};
