import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A message in the flow of a page: what is so and what can be done. `bad` is announced at once. */
export function Notice({
  tone = 'plain',
  title,
  children,
}: {
  tone?: 'plain' | 'good' | 'bad';
  title: string;
  children?: ReactNode;
}) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classNames(
        'flex flex-col gap-1 border-l-2 py-1 pl-3 text-sm',
        tone === 'plain' && 'border-firm',
        tone === 'good' && 'border-good',
        tone === 'bad' && 'border-bad',
      )}
    >
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="max-w-prose text-muted">{children}</div>}
    </div>
  );
}
