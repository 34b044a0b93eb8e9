import type { RunFigures } from '#lib/schemas/run.ts';

export type OutcomeName = 'correct' | 'wrong' | 'unparsed' | 'unverifiable' | 'error' | 'missing';

/** What became of the expected attempts; the shares add up to all of them. Null where one of them is unknown. */
export function outcomeShares(figures: RunFigures): { name: OutcomeName; share: number }[] | null {
  const { accuracy, unparsedShare, unverifiableShare, errorShare, missingShare } = figures;
  if (accuracy === null || unparsedShare === null || unverifiableShare === null) return null;
  if (errorShare === null || missingShare === null) return null;
  const others = unparsedShare + unverifiableShare + errorShare + missingShare;
  return [
    { name: 'correct', share: accuracy },
    { name: 'wrong', share: Math.max(0, 1 - accuracy - others) },
    { name: 'unparsed', share: unparsedShare },
    { name: 'unverifiable', share: unverifiableShare },
    { name: 'error', share: errorShare },
    { name: 'missing', share: missingShare },
  ];
}
