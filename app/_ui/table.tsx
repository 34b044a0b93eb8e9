import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { ScrollFrame } from './scroll-frame.client.tsx';

/** Rows of 32 px with hairlines; wide tables scroll in their own frame, never the page (`relative` holds hidden labels in it). */
export function Table({ className, ...props }: ComponentProps<'table'>) {
  return (
    <ScrollFrame className="relative w-full">
      <table className={classNames('w-full border-collapse text-sm', className)} {...props} />
    </ScrollFrame>
  );
}

interface CellLook {
  /** Aligned at the right, where figures of one column have their decimal points below each other. */
  isNumber?: boolean;
}

export function HeaderCell({
  isNumber = false,
  className,
  ...props
}: ComponentProps<'th'> & CellLook) {
  return (
    <th
      scope="col"
      className={classNames(
        'h-8 border-b border-firm px-1.5 align-bottom 2xl:px-2 text-xs font-medium whitespace-nowrap text-muted first:pl-0 last:pr-0',
        isNumber ? 'text-right' : 'text-left',
        className,
      )}
      {...props}
    />
  );
}

export function Row({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={classNames('border-b border-hair', className)} {...props} />;
}

export function Cell({ isNumber = false, className, ...props }: ComponentProps<'td'> & CellLook) {
  return (
    <td
      className={classNames(
        'h-8 px-1.5 2xl:px-2 first:pl-0 last:pr-0',
        isNumber && 'text-right tabular-nums',
        className,
      )}
      {...props}
    />
  );
}
