import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type BadgeTone = 'plain' | 'good' | 'bad' | 'accent';

const TONES: Record<BadgeTone, string> = {
  plain: 'border-hair text-muted',
  good: 'border-good text-good',
  bad: 'border-bad text-bad',
  accent: 'border-accent text-accent',
};

/** A short word about a thing: its state, its kind. Colour never says it alone. */
export function Badge({
  tone = 'plain',
  children,
  className,
}: {
  tone?: BadgeTone;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 items-center gap-1 rounded-full border px-2 text-xs whitespace-nowrap',
        TONES[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
