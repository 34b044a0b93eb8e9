import { classNames } from './class-names.ts';

/** Holds the place of what is coming, in its size, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'block animate-breathe rounded-[3px] bg-sunken',
        className ?? 'h-4 w-full',
      )}
    />
  );
}

/** The place of a table. */
export function TableSkeleton({ rows }: { rows: number }) {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-8 items-center border-b border-hair">
          <Skeleton className="h-3 w-full" />
        </div>
      ))}
    </div>
  );
}
