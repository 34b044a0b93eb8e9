export type ShownOutcome = 'correct' | 'wrong' | 'unparsed' | 'unverifiable' | 'error' | 'unscored';

const MARKS: Record<ShownOutcome, { sign: string; colour: string }> = {
  correct: { sign: '✓', colour: 'text-good' },
  wrong: { sign: '✗', colour: 'text-bad' },
  unparsed: { sign: '∅', colour: 'text-muted' },
  unverifiable: { sign: '?', colour: 'text-muted' },
  error: { sign: '!', colour: 'text-bad' },
  unscored: { sign: '…', colour: 'text-muted' },
};

/** What became of an answer: a sign, a colour and the word, so that none has to be read alone. */
export function OutcomeMark({ outcome }: { outcome: ShownOutcome }) {
  const { sign, colour } = MARKS[outcome];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${colour}`}>
      <span aria-hidden className="w-3 text-center font-semibold">
        {sign}
      </span>
      {outcome}
    </span>
  );
}
