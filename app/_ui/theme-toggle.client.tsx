'use client';

import { useSyncExternalStore } from 'react';
import { Button } from './button.tsx';
import { type Theme, THEME_KEY } from './theme.ts';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const SIGNS: Record<Theme, string> = { system: '◐', light: '○', dark: '●' };

function subscribe(notify: () => void): () => void {
  window.addEventListener('storage', notify);
  return () => window.removeEventListener('storage', notify);
}

function readTheme(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

function writeTheme(theme: Theme): void {
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(THEME_KEY);
  } else {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(THEME_KEY, theme);
  }
  window.dispatchEvent(new StorageEvent('storage', { key: THEME_KEY }));
}

/** System, light, dark; the choice stays with this browser. */
export function ThemeToggle() {
  const theme = useSyncExternalStore(subscribe, readTheme, () => 'system' as const);
  return (
    <Button
      look="quiet"
      className="w-8 px-0!"
      aria-label={`Colours: ${theme}. Change to ${NEXT[theme]}.`}
      title={`Colours: ${theme}`}
      onClick={() => writeTheme(NEXT[theme])}
    >
      <span aria-hidden>{SIGNS[theme]}</span>
    </Button>
  );
}
