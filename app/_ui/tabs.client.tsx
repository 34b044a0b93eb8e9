'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Tab {
  id: string;
  label: string;
  content: ReactNode;
}

interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  /** Without it the tabs keep their own state, and the first is open. */
  value?: string;
  onChange?: (id: string) => void;
}

/** Views of one thing. Arrow keys move between them. */
export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  const state = value === undefined ? {} : { value };
  return (
    <Radix.Root
      {...state}
      defaultValue={tabs[0]?.id ?? ''}
      onValueChange={(id) => onChange?.(id)}
      className="flex flex-col gap-3"
    >
      <Radix.List aria-label={label} className="flex gap-4 border-b border-hair">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className="-mb-px h-8 border-b-2 border-transparent text-sm text-muted transition-colors duration-150 hover:text-ink data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
