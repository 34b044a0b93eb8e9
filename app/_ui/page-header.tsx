import type { ReactNode } from 'react';

interface PageHeaderProps {
  /** A finding, a question or a name. */
  title: ReactNode;
  /** One or two lines of plain text below the title. */
  lead?: ReactNode;
  /** Badges and facts in small type. */
  facts?: ReactNode;
  actions?: ReactNode;
}

/** The first lines of a page; the title is its only h1. */
export function PageHeader({ title, lead, facts, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pt-6 pb-4">
      <div className="flex min-w-0 flex-col gap-1.5">
        <h1 className="text-xl [overflow-wrap:anywhere]">{title}</h1>
        {lead !== undefined && <p className="max-w-prose text-muted">{lead}</p>}
        {facts !== undefined && (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-muted *:min-w-0 *:[overflow-wrap:anywhere]">
            {facts}
          </div>
        )}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}

/** A part of a page under its own heading, with room for a line of notes and for ways to take it along at its right. */
export function Section({
  title,
  aside,
  actions,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="flex min-w-0 flex-col gap-3 py-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-base">{title}</h2>
        {(aside !== undefined || actions !== undefined) && (
          <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-xs text-muted">
            {aside !== undefined && <div>{aside}</div>}
            {actions}
          </div>
        )}
      </div>
      {children}
    </section>
  );
}
