'use client';

import { Tooltip } from '#app/_ui/tooltip.client.tsx';
import { formatCount } from '#app/_ui/number-format.ts';
import type { SampleRedundancy } from '#lib/schemas/redundancy.ts';
import { kindLook } from './kind-looks.ts';

interface TraceLegendProps {
  kinds: SampleRedundancy['kinds'];
  hidden: ReadonlySet<string>;
  onToggle: (kind: string) => void;
}

/** What the marks mean and how many there are; a kind that is switched off is marked nowhere. */
export function TraceLegend({ kinds, hidden, onToggle }: TraceLegendProps) {
  return (
    <ul aria-label="Kinds of redundancy" className="flex flex-wrap gap-x-1 gap-y-1">
      {kinds.map(({ id, version, label, description, count }) => (
        <li key={id}>
          <Tooltip text={`${description} (${id}@${String(version)})`}>
            <button
              type="button"
              aria-pressed={!hidden.has(id)}
              disabled={count === 0}
              onClick={() => onToggle(id)}
              className="flex h-7 items-center gap-1.5 rounded-[5px] border border-transparent px-2 text-xs hover:border-hair disabled:opacity-45 aria-[pressed=false]:text-muted aria-[pressed=false]:line-through"
            >
              <span
                aria-hidden
                className="rounded-[2px] px-1 font-mono leading-4 no-underline"
                style={kindLook(id).mark}
              >
                ab
              </span>
              {label} <span className="text-muted">{formatCount(count)}</span>
            </button>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}
