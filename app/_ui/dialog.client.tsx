'use client';

import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface DialogProps {
  title: string;
  description?: string;
  /** What opens it; leave out when `isOpen` is steered from outside. */
  trigger?: ReactNode;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  /** For something to look at, not only to decide. */
  isWide?: boolean;
  children: ReactNode;
}

/** For a decision or a small form that stops everything else. Escape and a click beside it close it. */
export function Dialog({
  title,
  description,
  trigger,
  isOpen,
  onOpenChange,
  isWide = false,
  children,
}: DialogProps) {
  const state = isOpen === undefined ? {} : { open: isOpen };
  return (
    <Radix.Root {...state} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger !== undefined && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-ink/25" />
        <Radix.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={classNames(
            isWide ? 'w-[min(52rem,calc(100vw-1.5rem))]' : 'w-[min(32rem,calc(100vw-2rem))]',
            'fixed top-1/2 left-1/2 z-50 flex max-h-[92dvh] -translate-x-1/2 -translate-y-1/2 flex-col gap-3 overflow-y-auto rounded-md border border-hair bg-paper p-5 shadow-lg',
          )}
        >
          <Radix.Title className="text-lg">{title}</Radix.Title>
          {description !== undefined && (
            <Radix.Description className="text-sm text-muted">{description}</Radix.Description>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Closes the dialog around it: wrap one button. */
export const DialogClose = Radix.Close;
