'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Asks the server for the page again and again while something on it still changes. */
export function RefreshWhile({
  isActive,
  everyMs = 2000,
}: {
  isActive: boolean;
  everyMs?: number;
}) {
  const router = useRouter();
  useEffect(() => {
    if (!isActive) return;
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [isActive, everyMs, router]);
  return null;
}
