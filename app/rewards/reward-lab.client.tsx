'use client';

import { useQueryStates } from 'nuqs';
import { useDeferredValue, useMemo } from 'react';
import { rewardCurves, type RewardCurve } from '#app/_charts/reward-curves.client.tsx';
import { TableTwin } from '#app/_charts/table-twin.tsx';
import { ExportFigure, type FigureSubject } from '#app/_figures/export-figure.client.tsx';
import { CopyButton } from '#app/_ui/copy-button.client.tsx';
import { SelectInput, TextInput } from '#app/_ui/field.tsx';
import { rewardCurve } from '#lib/rewards/group/reward-curve.ts';
import { rewards } from '#lib/rewards/index.ts';
import type { Reward } from '#lib/rewards/reward.ts';
import {
  chosenRewards,
  colourOf,
  labState,
  othersOf,
  parametersOf,
  type Overrides,
} from './lab-state.ts';
import { RewardControls } from './reward-controls.client.tsx';
import { RunRewards, type LabRun } from './run-rewards.client.tsx';

const POINTS = 160;

/** Rewards against length, and the same rewards over what a run has written. */
export function RewardLab({ runs }: { runs: readonly LabRun[] }) {
  const [state, setState] = useQueryStates(labState, { history: 'replace', throttleMs: 120 });
  const chosen = chosenRewards(state.rewards);
  const deferred = useDeferredValue(state);
  const curves = useMemo(
    () => chosenRewards(deferred.rewards).map((reward) => toCurve(reward, deferred)),
    [deferred],
  );
  const toggle = (id: string) => {
    const isOn = state.rewards.includes(id);
    void setState({
      rewards: isOn ? state.rewards.filter((one) => one !== id) : [...state.rewards, id],
    });
  };
  const change = (id: string, parameters: Record<string, unknown> | null) => {
    const { [id]: _, ...others } = state.set;
    void setState({ set: parameters === null ? others : { ...others, [id]: parameters } });
  };
  const points = rewardCurves.toPoints({ curves });
  return (
    <div className="flex flex-col gap-6">
      <Choice chosen={state.rewards} onToggle={toggle} />
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <figure className="flex min-w-0 flex-col gap-2 lg:sticky lg:top-4 lg:self-start">
          <figcaption className="flex flex-wrap items-baseline justify-between gap-2">
            <span>
              <h2 className="text-base">{rewardCurves.question}</h2>
              <span className="text-xs text-muted">
                solid: a right answer · dashed: a wrong one
              </span>
            </span>
            <span className="flex gap-2">
              {chosen.length > 0 && <ExportFigure subject={toSubject(chosen, deferred)} />}
              <CopyButton text={() => window.location.href} label="Copy link" />
            </span>
          </figcaption>
          {chosen.length === 0 ? (
            <p className="border-y border-hair py-10 text-center text-muted">
              Choose a reward above to draw it.
            </p>
          ) : (
            <rewardCurves.Drawing input={{ curves }} />
          )}
          <Group
            {...state}
            onChange={(group) => void setState(group)}
            hasGroups={chosen.some(({ isGroupDependent }) => isGroupDependent)}
          />
          <details className="text-xs text-muted">
            <summary>Table, every eighth length</summary>
            <div className="max-h-72 overflow-y-auto pt-1">
              <TableTwin
                caption={rewardCurves.question}
                columns={rewardCurves.columns}
                points={points.filter((_, index) => index % 8 === 0)}
                keyOf={(point) => `${point.label} ${String(point.tokens)}`}
              />
            </div>
          </details>
        </figure>
        <div className="flex min-w-0 flex-col">
          {chosen.map((reward) => (
            <RewardControls
              key={reward.id}
              reward={reward}
              {...parametersOf(reward, state.set)}
              onChange={(parameters) => change(reward.id, parameters)}
            />
          ))}
        </div>
      </div>
      <RunRewards
        runs={runs}
        run={state.run}
        chosen={chosen.map((reward) => ({
          id: reward.id,
          parameters: parametersOf(reward, deferred.set).given,
        }))}
        onRun={(run) => void setState({ run })}
      />
    </div>
  );
}

function toSubject(
  chosen: readonly Reward[],
  { set, right, wrong, to }: { set: Overrides; right: number[]; wrong: number[]; to: number },
): FigureSubject {
  return {
    kind: 'reward-shapes',
    data: {
      rewards: chosen.map((reward) => ({
        id: reward.id,
        parameters: parametersOf(reward, set).given,
      })),
      maxTokens: limitOf(to),
      points: POINTS + 1,
      others: othersOf(right, wrong).map(({ tokens, isCorrect }) => ({ tokens, isCorrect })),
    },
  };
}

/** The longest answer that is drawn. */
function limitOf(to: number): number {
  return Math.min(131_072, Math.max(512, to));
}

function toCurve(
  reward: Reward,
  { set, right, wrong, to }: { set: Overrides; right: number[]; wrong: number[]; to: number },
): RewardCurve {
  const limit = limitOf(to);
  const lengths = Array.from({ length: POINTS + 1 }, (_, at) => Math.round((at * limit) / POINTS));
  const others = reward.isGroupDependent ? othersOf(right, wrong) : [];
  const { given } = parametersOf(reward, set);
  const plain = { hasAnswer: true, isCut: false, isLoop: false };
  const curveOf = (isCorrect: boolean) =>
    // LC-R1 needs the place of the first right answer: half of the length stands for it.
    lengths.flatMap((tokens) =>
      rewardCurve(reward, given, {
        lengths: [tokens],
        answer: { ...plain, isCorrect, firstCorrectTokens: isCorrect ? tokens / 2 : null },
        others,
      }),
    );
  return {
    id: reward.id,
    label: reward.label,
    colour: colourOf(reward),
    right: curveOf(true),
    wrong: curveOf(false),
  };
}

function Choice({
  chosen,
  onToggle,
}: {
  chosen: readonly string[];
  onToggle: (id: string) => void;
}) {
  return (
    <ul aria-label="Rewards" className="flex flex-wrap gap-1.5">
      {rewards.all.map((reward) => {
        const isOn = chosen.includes(reward.id);
        return (
          <li key={reward.id}>
            <button
              type="button"
              aria-pressed={isOn}
              title={reward.description}
              onClick={() => onToggle(reward.id)}
              className="flex h-8 items-center gap-2 rounded-[5px] border border-hair px-2.5 text-sm hover:border-firm aria-pressed:border-ink aria-[pressed=false]:text-muted"
            >
              <span
                aria-hidden
                className="h-0.5 w-4"
                style={{ background: isOn ? colourOf(reward) : 'var(--line-firm)' }}
              />
              {reward.label}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

interface GroupProps {
  right: number[];
  wrong: number[];
  to: number;
  hasGroups: boolean;
  onChange: (group: { right?: number[]; wrong?: number[]; to?: number }) => void;
}

/** The other answers of the group, which the rewards that compare within it need. */
function Group({ right, wrong, to, hasGroups, onChange }: GroupProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-xs text-muted">
      {hasGroups && (
        <>
          <label className="flex items-center gap-2">
            right answers beside it
            <Lengths
              key={right.join()}
              value={right}
              onChange={(value) => onChange({ right: value })}
            />
          </label>
          <label className="flex items-center gap-2">
            wrong ones
            <Lengths
              key={wrong.join()}
              value={wrong}
              onChange={(value) => onChange({ wrong: value })}
            />
          </label>
        </>
      )}
      <label className="flex items-center gap-2">
        up to
        <SelectInput
          className="h-7! w-auto! text-xs!"
          value={to}
          onChange={(event) => onChange({ to: Number(event.target.value) })}
        >
          {[...new Set([2048, 4096, 8192, 16_384, 32_768, to])]
            .sort((a, b) => a - b)
            .map((one) => (
              <option key={one} value={one}>
                {one.toLocaleString('en')} tokens
              </option>
            ))}
        </SelectInput>
      </label>
    </div>
  );
}

const MOST_OTHERS = 63;

/** Lengths with commas between them; read when the reader leaves the field. */
function Lengths({ value, onChange }: { value: number[]; onChange: (value: number[]) => void }) {
  const read = (text: string) =>
    onChange(
      text
        .split(/\D+/)
        .filter((part) => part !== '')
        .map(Number)
        .filter((length) => length > 0 && length <= 1_000_000)
        .slice(0, MOST_OTHERS),
    );
  return (
    <TextInput
      className="h-7! w-44! text-xs!"
      defaultValue={value.join(', ')}
      inputMode="numeric"
      onBlur={(event) => read(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') read(event.currentTarget.value);
      }}
    />
  );
}
