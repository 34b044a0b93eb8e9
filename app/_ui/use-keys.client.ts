'use client';

import { useEffect, useEffectEvent } from 'react';

/** What single keys do on a page, by `KeyboardEvent.key`; not while somebody types, in dialogs, or with a modifier. */
export function useKeys(actions: Readonly<Record<string, () => void>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isTyping =
      event.target instanceof HTMLElement &&
      event.target.closest('input, textarea, select, [contenteditable], [role=dialog]') !== null;
    if (isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
    if (Object.hasOwn(actions, event.key)) actions[event.key]?.();
  });
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
