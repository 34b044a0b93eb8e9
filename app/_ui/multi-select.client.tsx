'use client';

import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

export interface Choice {
  value: string;
  label?: ReactNode;
  /** How much there is of it. */
  count?: number;
}

interface MultiSelectProps {
  label: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Any number of values out of a list; none chosen is no filter. */
export function MultiSelect({ label, choices, chosen, onChange }: MultiSelectProps) {
  const toggle = (value: string) =>
    onChange(
      chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value],
    );
  const only = chosen.length === 1 ? chosen[0] : undefined;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button className="max-w-60 justify-between font-normal!">
          <span className="truncate">
            <span className="text-muted">{label}</span>{' '}
            {chosen.length === 0 ? 'all' : (only ?? `${chosen.length} chosen`)}
          </span>
          <span aria-hidden className="text-muted">
            ▾
          </span>
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 flex max-h-80 min-w-52 flex-col overflow-y-auto rounded-[5px] border border-hair bg-raised p-1.5 text-sm shadow-lg"
        >
          {choices.map((choice) => (
            <label
              key={choice.value}
              className="flex min-h-8 items-center gap-2 rounded-[3px] px-2 hover:bg-sunken"
            >
              <input
                type="checkbox"
                className="accent-[var(--mark-accent)]"
                checked={chosen.includes(choice.value)}
                onChange={() => toggle(choice.value)}
              />
              <span className="min-w-0 flex-1">{choice.label ?? choice.value}</span>
              {choice.count !== undefined && (
                <span className="text-xs text-muted">{choice.count}</span>
              )}
            </label>
          ))}
          {chosen.length > 0 && (
            <Button look="quiet" className="mt-1" onClick={() => onChange([])}>
              Show all
            </Button>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
