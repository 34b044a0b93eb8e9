'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryStates, parseAsBoolean } from 'nuqs';
import { useMemo } from 'react';
import Link from 'next/link';
import { Button } from '#app/_ui/button.tsx';
import { SelectInput } from '#app/_ui/field.tsx';
import { formatCount, UNKNOWN } from '#app/_ui/number-format.ts';
import { OutcomeMark } from '#app/_ui/outcome-mark.tsx';
import { useKeys } from '#app/_ui/use-keys.client.ts';
import { OtherSamples, Sample, type SampleOutcome } from '#lib/schemas/sample.ts';
import { diffLines, type DiffLine } from '#lib/text/line-diff.ts';
import { Key } from './key.tsx';
import { sampleApi, type SamplePlace } from './redundancy-query.ts';
import { sampleAddress } from './sample-query.ts';

interface ComparedSample {
  outcome: SampleOutcome;
  extracted: string | null;
  tokens: number | null;
  answer: string | null;
}

interface SampleDifferenceProps {
  place: SamplePlace;
  own: ComparedSample & { label: string };
}

const state = { difference: parseAsBoolean.withDefault(false), against: parseAsString };

/** d shows the answer beside that of another run on the same item; the address remembers which. */
export function SampleDifference({ place, own }: SampleDifferenceProps) {
  const [{ difference: isOpen, against }, setState] = useQueryStates(state, { history: 'replace' });
  const toggle = () => void setState({ difference: isOpen ? null : true });
  useKeys({ d: toggle });
  const others = useQuery({
    queryKey: ['others', place],
    enabled: isOpen,
    queryFn: async ({ signal }) =>
      OtherSamples.parse(await readJson(`${sampleApi(place)}/others`, signal)).others,
  });
  const chosen = others.data?.find((one) => one.runId === against) ?? others.data?.[0];
  return (
    <section aria-label="Difference to another run" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button look="quiet" aria-expanded={isOpen} onClick={toggle}>
          {isOpen ? 'Hide the difference' : 'Difference to another run'} <Key name="d" />
        </Button>
        {isOpen && others.data !== undefined && others.data.length > 0 && (
          <SelectInput
            aria-label="The other run"
            className="w-auto! max-w-72"
            value={chosen?.runId}
            onChange={(event) => void setState({ against: event.target.value })}
          >
            {others.data.map((one) => (
              <option key={one.runId} value={one.runId}>
                {one.label === one.model ? one.label : `${one.label} · ${one.model}`} ({one.outcome}
                )
              </option>
            ))}
          </SelectInput>
        )}
      </div>
      {isOpen && others.isError && <p className="text-bad">The other runs could not be read.</p>}
      {isOpen && others.data?.length === 0 && (
        <p className="text-sm text-muted">No other run has this item.</p>
      )}
      {isOpen && chosen !== undefined && (
        <Against
          key={chosen.runId}
          own={own}
          label={chosen.label}
          place={{ ...place, runId: chosen.runId, sampleIndex: chosen.sampleIndex }}
        />
      )}
    </section>
  );
}

async function readJson(address: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`${address} answers with ${String(response.status)}.`);
  return response.json();
}

function Against({
  own,
  label,
  place,
}: {
  own: SampleDifferenceProps['own'];
  label: string;
  place: SamplePlace;
}) {
  const { data, isError } = useQuery({
    queryKey: ['sample', place],
    queryFn: async ({ signal }) =>
      toCompared(Sample.parse(await readJson(sampleApi(place), signal))),
  });
  const lines = useMemo(
    () => (data === undefined ? [] : diffLines(endOf(own.answer), endOf(data.answer))),
    [own.answer, data],
  );
  if (isError) return <p className="text-bad">The sample of the other run could not be read.</p>;
  if (data === undefined)
    return <div aria-hidden className="h-40 animate-breathe rounded-[3px] bg-sunken" />;
  return (
    <div className="flex flex-col gap-2">
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        <Side name={`− ${own.label} (this run)`} sample={own} />
        <Side name={`+ ${label}`} sample={data} address={sampleAddress(place.runId, place)} />
      </div>
      <Difference lines={lines} />
    </div>
  );
}

function Side({
  name,
  sample,
  address,
}: {
  name: string;
  sample: ComparedSample;
  address?: string;
}) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 border-t border-hair pt-2 text-sm">
      <span className="font-medium">
        {address === undefined ? (
          name
        ) : (
          <Link href={address} className="underline">
            {name}
          </Link>
        )}
      </span>
      <OutcomeMark outcome={sample.outcome} />
      <code className="font-mono text-xs [overflow-wrap:anywhere]">
        {sample.extracted ?? UNKNOWN}
      </code>
      <span className="text-muted">{formatCount(sample.tokens)} tokens</span>
    </div>
  );
}

const LOOK = {
  both: 'text-muted',
  left: 'bg-bad/10 before:content-["−"]',
  right: 'bg-good/10 before:content-["+"]',
} as const;

function Difference({ lines }: { lines: readonly DiffLine[] }) {
  return (
    <div className="max-h-[32rem] overflow-y-auto border-y border-hair font-mono text-[13px] leading-[1.55] [overflow-wrap:anywhere] whitespace-pre-wrap">
      {lines.map((line, index) => (
        <div
          // Lines have no other name than their place, and the list is made anew as a whole.
          key={index}
          className={`relative min-h-5 pl-5 before:absolute before:left-1 ${LOOK[line.side]}`}
        >
          {line.text}
        </div>
      ))}
    </div>
  );
}

/** Longer answers are compared at their end, where the result stands. */
const MOST_CHARACTERS = 6000;

function endOf(answer: string | null): string[] {
  const text = (answer ?? '').trim();
  const end =
    text.length > MOST_CHARACTERS
      ? text.slice(text.indexOf('\n', text.length - MOST_CHARACTERS) + 1)
      : text;
  return end.split(/\n+/).map((line) => line.trimEnd());
}

function toCompared({ outcome, verdicts, tokens, answer }: Sample): ComparedSample {
  return {
    outcome,
    extracted: verdicts.find((one) => one.isDefault)?.extracted ?? null,
    tokens: tokens.at(-1)?.output ?? null,
    answer: answer?.text ?? null,
  };
}
