'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A link of the main navigation; knows whether it is the page it leads to. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const path = usePathname();
  const isHere = href === '/' ? path === '/' || path.startsWith('/runs') : path.startsWith(href);
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(
        'flex h-8 items-center rounded-[5px] px-2 text-sm no-underline transition-colors duration-150 hover:text-ink',
        isHere ? 'font-medium text-ink' : 'text-muted',
      )}
    >
      {children}
    </Link>
  );
}
