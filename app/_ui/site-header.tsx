import Link from 'next/link';
import { NavLink } from './nav-link.client.tsx';
import { ThemeToggle } from './theme-toggle.client.tsx';

const PLACES = [
  { href: '/', label: 'Board' },
  { href: '/methods', label: 'Methods' },
  { href: '/metrics', label: 'Metrics' },
  { href: '/rewards', label: 'Rewards' },
  { href: '/verifiers', label: 'Verifiers' },
  { href: '/logic', label: 'Logic' },
  { href: '/submit', label: 'Submit' },
  { href: '/docs/api', label: 'API' },
];

export function SiteHeader() {
  return (
    <header className="border-b border-hair">
      <div className="mx-auto flex h-12 max-w-page items-center gap-3 px-4 sm:gap-6 sm:px-6">
        <Link
          href="/"
          aria-label="Laconic"
          className="flex items-center gap-2 font-semibold tracking-tight no-underline"
        >
          <svg aria-hidden viewBox="0 0 16 16" className="size-4">
            <path d="M2.5 14V5.5H7V3h6.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
            <circle cx="7" cy="5.5" r="1.8" fill="currentColor" />
          </svg>
          <span className="hidden sm:inline">Laconic</span>
        </Link>
        <nav aria-label="Main" className="flex min-w-0 flex-1 gap-0.5 overflow-x-auto sm:gap-1">
          {PLACES.map((place) => (
            <NavLink key={place.href} href={place.href}>
              {place.label}
            </NavLink>
          ))}
        </nav>
        <ThemeToggle />
      </div>
    </header>
  );
}
