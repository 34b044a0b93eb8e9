'use client';

import { useId } from 'react';
import { SelectInput } from '#app/_ui/field.tsx';
import { formatDecimal } from '#app/_ui/number-format.ts';
import {
  parameterAt,
  parameterControls,
  withParameter,
  type ParameterControl,
} from '#lib/rewards/lab/parameter-controls.ts';
import type { Reward } from '#lib/rewards/reward.ts';
import { colourOf } from './lab-state.ts';

interface RewardControlsProps {
  reward: Reward;
  given: Readonly<Record<string, unknown>>;
  isValid: boolean;
  onChange: (parameters: Record<string, unknown> | null) => void;
}

/** What a reward pays for, and a slider for each of its parameters. */
export function RewardControls({ reward, given, isValid, onChange }: RewardControlsProps) {
  const controls = parameterControls(reward);
  const isChanged = Object.keys(given).length > 0;
  return (
    <details className="border-t border-hair py-2" open>
      <summary className="flex items-center gap-2 text-sm font-medium">
        <span aria-hidden className="h-0.5 w-4" style={{ background: colourOf(reward) }} />
        {reward.label}
        {isChanged && (
          <button
            type="button"
            onClick={(event) => {
              event.preventDefault();
              onChange(null);
            }}
            className="ml-auto text-xs font-normal text-muted underline"
          >
            defaults
          </button>
        )}
      </summary>
      <div className="flex flex-col gap-1.5 pt-1.5">
        <p className="font-mono text-xs text-muted">{reward.formula}</p>
        {!isValid && (
          <p className="text-xs text-bad">
            The address holds parameters that do not fit: defaults are shown.
          </p>
        )}
        {controls.map((control) => (
          <Control
            key={control.path.join('.')}
            control={control}
            value={parameterAt(given, control.path) ?? control.value}
            onChange={(value) =>
              onChange(withParameter(complete(reward, given, control), control.path, value))
            }
          />
        ))}
        <p className="text-xs text-muted">
          {reward.description} {reward.source}.
        </p>
      </div>
    </details>
  );
}

/** An inner object is given whole or not at all: what is not changed in it keeps its default. */
function complete(
  reward: Reward,
  given: Readonly<Record<string, unknown>>,
  { path }: ParameterControl,
): Record<string, unknown> {
  const [name] = path;
  if (path.length < 2 || name === undefined || given[name] !== undefined) return { ...given };
  const defaults = reward.parameters.parse({}) as Record<string, unknown>; // parameters are an object of settings
  return { ...given, [name]: defaults[name] };
}

function Control({
  control,
  value,
  onChange,
}: {
  control: ParameterControl;
  value: unknown;
  onChange: (value: number | string | null) => void;
}) {
  const id = useId();
  if (control.kind === 'choice') {
    return (
      <div className="grid grid-cols-[8.5rem_1fr] items-center gap-2">
        <label htmlFor={id} className="text-xs">
          {control.label}
        </label>
        <SelectInput
          id={id}
          className="h-7! text-xs!"
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        >
          {control.choices.map((choice) => (
            <option key={choice} value={choice ?? ''}>
              {choice ?? 'from the group'}
            </option>
          ))}
        </SelectInput>
      </div>
    );
  }
  const number = typeof value === 'number' ? value : control.value;
  return (
    <div className="grid grid-cols-[8.5rem_1fr_4rem] items-center gap-2">
      <label htmlFor={id} className="text-xs">
        {control.label}
      </label>
      <input
        id={id}
        type="range"
        min={control.low}
        max={control.high}
        step={control.step}
        value={number}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        className="w-full accent-[var(--mark-accent)]"
      />
      <output htmlFor={id} className="text-right text-xs">
        {Math.abs(number) >= 100 || Number.isInteger(number)
          ? number.toLocaleString('en')
          : formatDecimal(number, Math.abs(number) < 0.01 ? 5 : 3)}
      </output>
    </div>
  );
}
