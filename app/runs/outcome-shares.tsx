import { formatPercent } from '#app/_ui/number-format.ts';
import type { RunFigures } from '#lib/schemas/run.ts';

interface Share {
  name: string;
  share: number;
  colour: string;
  meaning: string;
}

/** What became of the expected attempts; the shares add up to all of them. */
export function OutcomeShares({ figures }: { figures: RunFigures }) {
  const shares = toShares(figures);
  if (shares === null) return null;
  return (
    <div className="flex flex-col gap-2">
      <div aria-hidden className="flex h-3 w-full gap-px overflow-hidden rounded-[3px]">
        {shares.map(({ name, share, colour }) => (
          <span key={name} style={{ width: `${share * 100}%`, background: colour }} />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
        {shares.map(({ name, share, colour, meaning }) => (
          <li key={name} title={meaning} className="flex items-center gap-1.5">
            <span aria-hidden className="size-2.5 rounded-[2px]" style={{ background: colour }} />
            {name} <span className="text-ink">{formatPercent(share)} %</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function toShares(figures: RunFigures): Share[] | null {
  const { accuracy, unparsedShare, unverifiableShare, errorShare, missingShare } = figures;
  if (accuracy === null || unparsedShare === null || unverifiableShare === null) return null;
  if (errorShare === null || missingShare === null) return null;
  const wrong = Math.max(
    0,
    1 - accuracy - unparsedShare - unverifiableShare - errorShare - missingShare,
  );
  return [
    { name: 'correct', share: accuracy, colour: 'var(--mark-right)', meaning: 'Judged right.' },
    { name: 'wrong', share: wrong, colour: 'var(--mark-wrong)', meaning: 'Judged wrong.' },
    {
      name: 'unparsed',
      share: unparsedShare,
      colour: 'var(--line-firm)',
      meaning: 'No answer was found in the output.',
    },
    {
      name: 'unverifiable',
      share: unverifiableShare,
      colour: 'var(--family-5)',
      meaning: 'The answer could not be judged.',
    },
    {
      name: 'error',
      share: errorShare,
      colour: 'var(--family-4)',
      meaning: 'The request failed; there is no usable output.',
    },
    {
      name: 'missing',
      share: missingShare,
      colour: 'var(--line-hair)',
      meaning: 'Expected by the item list and not in the file.',
    },
  ];
}
