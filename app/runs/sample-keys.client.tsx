'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useKeys } from '#app/_ui/use-keys.client.ts';
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
  useKeys({
    j: () => {
      if (next !== null) router.push(next);
    },
    k: () => {
      if (previous !== null) router.push(previous);
    },
  });

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
