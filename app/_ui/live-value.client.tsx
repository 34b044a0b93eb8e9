'use client';

import { type ReactNode, useState } from 'react';

/** A value that lights up for a moment when it changes; not when it is first shown. */
export function LiveValue({
  value,
  children,
}: {
  value: string | number | null;
  children: ReactNode;
}) {
  const [seen, setSeen] = useState({ value, changes: 0 });
  if (seen.value !== value) setSeen({ value, changes: seen.changes + 1 });
  return (
    <span key={seen.changes} className={seen.changes > 0 ? 'animate-flash' : undefined}>
      {children}
    </span>
  );
}
