'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { ExportFigure } from '#app/_figures/export-figure.client.tsx';
import { pageBars, pageTable } from '#app/_figures/subjects.ts';
import { sampleAddress } from '#app/runs/sample-query.ts';
import { SelectInput } from '#app/_ui/field.tsx';
import { Figure } from '#app/_ui/figure-cell.tsx';
import { Notice } from '#app/_ui/notice.tsx';
import { formatCount, formatDecimal, formatPercent, UNKNOWN } from '#app/_ui/number-format.ts';
import { OutcomeMark } from '#app/_ui/outcome-mark.tsx';
import { Section } from '#app/_ui/page-header.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { rewards } from '#lib/rewards/index.ts';
import { RewardsResponse } from '#lib/schemas/rewards.ts';
import { SampleOutcome } from '#lib/schemas/sample.ts';

/** A run that can be looked at in the lab. */
export interface LabRun {
  id: string;
  label: string;
  benchmark: string;
}

interface ChosenParameters {
  id: string;
  parameters: Record<string, unknown>;
}

interface RunRewardsProps {
  runs: readonly LabRun[];
  run: string | null;
  chosen: readonly ChosenParameters[];
  onRun: (run: string | null) => void;
}

/** The chosen rewards over the stored samples of a run: whom they would pay, and how far they agree. */
export function RunRewards({ runs, run, chosen, onRun }: RunRewardsProps) {
  return (
    <Section title="What would they have paid for a real run?">
      <SelectInput
        aria-label="Run"
        className="w-auto! max-w-full"
        value={run ?? ''}
        onChange={(event) => onRun(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">choose a run</option>
        {run !== null && !runs.some(({ id }) => id === run) && <option value={run}>{run}</option>}
        {runs.map(({ id, label, benchmark }) => (
          <option key={id} value={id}>
            {label} on {benchmark}
          </option>
        ))}
      </SelectInput>
      {run !== null && chosen.length > 0 && <Evaluated run={run} chosen={chosen} />}
    </Section>
  );
}

function Evaluated({ run, chosen }: { run: string; chosen: readonly ChosenParameters[] }) {
  const { data, isError, isPlaceholderData } = useQuery({
    queryKey: ['rewards', run, chosen],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch('/api/v1/rewards', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ run, rewards: chosen, limit: 50 }),
        signal,
      });
      if (!response.ok) throw new Error(`The rewards answer with ${String(response.status)}.`);
      return RewardsResponse.parse(await response.json());
    },
  });
  const of = { run, rewards: chosen };
  if (isError)
    return (
      <Notice tone="bad" title="The run could not be evaluated">
        It may not be public, or too much was asked in a minute. Choose it again in a moment.
      </Notice>
    );
  if (data === undefined)
    return <div aria-hidden className="h-72 animate-breathe rounded-[3px] bg-sunken" />;
  if (data.samples === 0)
    return <p className="text-muted">No sample of this run has both a verdict and a length.</p>;
  return (
    <div className={`flex flex-col gap-8 ${isPlaceholderData ? 'opacity-60' : ''}`}>
      <p className="text-xs text-muted">
        {formatCount(data.samples)} samples of {formatCount(data.items)} items, tokens by{' '}
        {data.column}; an item’s samples are a group.
        {data.leftOut > 0 && ` ${formatCount(data.leftOut)} samples have no verdict or no length.`}
      </p>
      <Methods data={data} />
      <div className="flex flex-wrap gap-2">
        <ExportFigure subject={pageTable('run-rewards', of)} />
        <ExportFigure
          subject={pageBars('run-rewards', of, ['right', 'wrong'])}
          label="Bars for a paper"
        />
        <ExportFigure
          subject={pageTable('reward-correlations', of)}
          label="Agreement for a paper"
        />
        {data.targets.length > 0 && (
          <ExportFigure subject={pageTable('reward-targets', of)} label="Targets for a paper" />
        )}
        <ExportFigure subject={pageTable('reward-samples', of)} label="Samples for a paper" />
      </div>
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
        <Correlations data={data} />
        <Targets data={data} />
      </div>
      <Samples data={data} />
    </div>
  );
}

const labelOf = (id: string): string => (rewards.has(id) ? rewards.get(id).label : id);
const NO_GROUP = 'No group of this run has two samples that are paid differently.';

function Methods({ data }: { data: RewardsResponse }) {
  return (
    <Table>
      <thead>
        <tr>
          <HeaderCell>Reward</HeaderCell>
          <HeaderCell isNumber>Right, mean</HeaderCell>
          <HeaderCell isNumber>Wrong, mean</HeaderCell>
          <HeaderCell isNumber>Right ones rewarded, %</HeaderCell>
          <HeaderCell isNumber>Wrong ones punished, %</HeaderCell>
          <HeaderCell isNumber>Pull, tokens</HeaderCell>
          <HeaderCell isNumber>Valued</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {data.methods.map((method) => (
          <Row key={method.id}>
            <Cell className="whitespace-nowrap">{labelOf(method.id)}</Cell>
            <Cell isNumber>{formatDecimal(method.meanRight)}</Cell>
            <Cell isNumber>{formatDecimal(method.meanWrong)}</Cell>
            <Cell isNumber>
              <Figure
                value={method.rightRewarded === null ? null : formatPercent(method.rightRewarded)}
                reason={NO_GROUP}
              />
            </Cell>
            <Cell isNumber>
              <Figure
                value={method.wrongPunished === null ? null : formatPercent(method.wrongPunished)}
                reason={NO_GROUP}
              />
            </Cell>
            <Cell isNumber>
              <Figure
                value={
                  method.tokensPull === null ? null : formatCount(Math.round(method.tokensPull))
                }
                reason={NO_GROUP}
              />
            </Cell>
            <Cell isNumber>{formatCount(method.valued)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Correlations({ data }: { data: RewardsResponse }) {
  const { methods, correlations, correlatedBy } = data;
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h3 className="text-sm">Do they order the samples alike?</h3>
      <p className="text-xs text-muted">
        Spearman’s ρ of the {correlatedBy}: 1 is the same order, 0 has nothing in common.
      </p>
      <Table>
        <thead>
          <tr>
            <HeaderCell />
            {methods.map(({ id }) => (
              <HeaderCell key={id} isNumber>
                {labelOf(id)}
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {methods.map(({ id }, row) => (
            <Row key={id}>
              <Cell className="whitespace-nowrap">{labelOf(id)}</Cell>
              {methods.map(({ id: other }, column) => {
                const rho = correlations[row]?.[column] ?? null;
                return (
                  <Cell
                    key={other}
                    isNumber
                    style={{
                      background:
                        rho === null || row === column
                          ? undefined
                          : `color-mix(in oklab, var(--mark-accent) ${String(Math.round((1 - Math.max(0, rho)) * 22))}%, transparent)`,
                    }}
                  >
                    {rho === null ? UNKNOWN : formatDecimal(rho)}
                  </Cell>
                );
              })}
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function Targets({ data }: { data: RewardsResponse }) {
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h3 className="text-sm">Which target would ECR choose?</h3>
      <p className="text-xs text-muted">
        The shortest length at which LASER-D expects one correct response, by the success of the
        group.
      </p>
      {data.targets.length === 0 ? (
        <p className="text-sm text-muted">
          Bands of difficulty need at least four samples an item.
        </p>
      ) : (
        <Table>
          <thead>
            <tr>
              <HeaderCell>Band</HeaderCell>
              <HeaderCell isNumber>Items</HeaderCell>
              <HeaderCell isNumber>Responses</HeaderCell>
              <HeaderCell isNumber>Target, tokens</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {data.targets.map(({ band, items, responses, target }) => (
              <Row key={band}>
                <Cell>{band}</Cell>
                <Cell isNumber>{formatCount(items)}</Cell>
                <Cell isNumber>{formatCount(responses)}</Cell>
                <Cell isNumber>
                  <Figure
                    value={target === null ? null : formatCount(target)}
                    reason="No item is in this band."
                  />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function Samples({ data }: { data: RewardsResponse }) {
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h3 className="text-sm">Where do they disagree most?</h3>
      <p className="text-xs text-muted">
        Advantage within the group, as GRPO computes it; the reward itself in brackets.
      </p>
      <Table>
        <thead>
          <tr>
            <HeaderCell>Sample</HeaderCell>
            <HeaderCell>Outcome</HeaderCell>
            <HeaderCell isNumber>Tokens</HeaderCell>
            {data.methods.map(({ id }) => (
              <HeaderCell key={id} isNumber>
                {labelOf(id)}
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.list.map((sample) => (
            <Row key={`${sample.itemKey} ${String(sample.sampleIndex)}`}>
              <Cell className="max-w-56 truncate">
                <Link
                  href={sampleAddress(data.run.id, sample)}
                  prefetch={false}
                  className="underline"
                >
                  {sample.itemKey}
                </Link>{' '}
                <span className="text-muted">#{sample.sampleIndex}</span>
              </Cell>
              <Cell className="whitespace-nowrap">
                <OutcomeMark outcome={SampleOutcome.catch('unscored').parse(sample.outcome)} />
              </Cell>
              <Cell isNumber>{formatCount(sample.tokens)}</Cell>
              {data.methods.map(({ id }, at) => {
                const advantage = sample.advantages[at] ?? null;
                return (
                  <Cell key={id} isNumber className="whitespace-nowrap">
                    <span
                      className={
                        advantage === null || advantage === 0
                          ? 'text-muted'
                          : advantage > 0
                            ? 'text-good'
                            : 'text-bad'
                      }
                    >
                      {advantage === null
                        ? UNKNOWN
                        : `${advantage > 0 ? '+' : ''}${formatDecimal(advantage)}`}
                    </span>{' '}
                    <span className="text-xs text-muted">
                      ({formatDecimal(sample.rewards[at] ?? null)})
                    </span>
                  </Cell>
                );
              })}
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
