'use client';

import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** One for the whole page, in the providers. */
export const TooltipProvider = Radix.Provider;

/**
 * A sentence about the thing under the pointer or the focus. `children` must be one element that takes a ref; give
 * plain text a `tabIndex={0}` so that the keyboard finds it.
 */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Radix.Root delayDuration={150}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 rounded-[5px] border border-hair bg-raised px-2.5 py-1.5 text-xs leading-4 text-ink shadow-lg"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
