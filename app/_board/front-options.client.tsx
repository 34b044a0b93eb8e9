'use client';

import type { Board } from '#lib/schemas/board.ts';
import type { Front } from '#lib/schemas/front.ts';
import type { BoardState } from './board-state.ts';

interface FrontOptionsProps {
  board: Board;
  front: Front | null;
  state: Pick<BoardState, 'band' | 'curves' | 'foreign' | 'sensitivity'>;
  onChange: (next: Partial<BoardState>) => void;
}

/** What is drawn behind the front, offered only where there is something to draw. */
export function FrontOptions({ board, front, state, onChange }: FrontOptionsProps) {
  if (front === null) return null;
  const live = new Set(board.rows.flatMap(({ runId, state }) => (state === 'live' ? [runId] : [])));
  const marked = front.runs.filter(({ mark, runId }) => mark !== null && !live.has(runId)).length;
  const options = [
    {
      name: 'band',
      label: 'Band of the front',
      title: `Where the front of the ${String(front.resampling.runs)} runs with outputs lies in 95 % of ${String(front.resampling.draws)} resamples of items.`,
      isOffered: front.band.length > 0,
    },
    {
      name: 'curves',
      label: 'Equal accuracy per token',
      title: 'Curves of equal accuracy per 1,000 tokens; the numbers are percent per 1,000 tokens.',
      isOffered: front.runs.length > 0,
    },
    {
      name: 'sensitivity',
      label: 'Verifier sensitivity',
      title:
        'The accuracy of each run from the strictest to the most lenient policy of its verifier: bars on the chart, a column of the table.',
      isOffered: board.rows.some((row) => row.sensitivity !== null),
    },
    {
      name: 'foreign',
      label: `Count ${String(marked)} with foreign lengths`,
      title:
        'Runs with hidden reasoning, or lengths that another counter made, take part in the front.',
      isOffered: marked > 0,
    },
  ] as const;
  return (
    <fieldset className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      <legend className="sr-only">What the chart shows</legend>
      {options
        .filter(({ isOffered }) => isOffered)
        .map(({ name, label, title }) => (
          <label key={name} title={title} className="flex min-h-6 items-center gap-1.5">
            <input
              type="checkbox"
              className="accent-[var(--mark-accent)]"
              checked={state[name]}
              onChange={(event) => onChange({ [name]: event.target.checked })}
            />
            {label}
          </label>
        ))}
    </fieldset>
  );
}
