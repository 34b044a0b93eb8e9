'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False on the server and in the first render of the browser: the chart library draws nothing there, its place is kept. */
export function useDrawing(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
