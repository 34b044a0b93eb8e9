'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Key } from './key.tsx';

interface SampleKeysProps {
  previous: string | null;
  next: string | null;
}

const STEP =
  'inline-flex h-8 items-center gap-1.5 rounded-[5px] border border-hair bg-raised px-3 text-sm font-medium no-underline hover:border-firm';

/** j and k go to the next and the last sample; links do the same. */
export function SampleKeys({ previous, next }: SampleKeysProps) {
  const router = useRouter();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, select, [contenteditable]') !== null;
      if (isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.key === 'j' && next !== null) router.push(next);
      if (event.key === 'k' && previous !== null) router.push(previous);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [next, previous, router]);

  return (
    <nav aria-label="Samples" className="flex flex-wrap gap-2">
      {previous !== null && (
        <Link href={previous} prefetch={false} className={STEP}>
          Previous <Key name="k" />
        </Link>
      )}
      {next !== null && (
        <Link href={next} prefetch={false} className={STEP}>
          Next <Key name="j" />
        </Link>
      )}
    </nav>
  );
}
