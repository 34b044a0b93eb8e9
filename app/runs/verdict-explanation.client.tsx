'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Notice } from '#app/_ui/notice.tsx';
import { SampleExplanation } from '#lib/schemas/sample.ts';
import type { VerdictExplanation as Explanation } from '#lib/schemas/verify.ts';
import { callApi } from '../submissions/api-call.client.ts';

interface SamplePlace {
  runId: string;
  itemKey: string;
  sampleIndex: number;
}

/** Folded; the server judges the sample anew only when a reader opens it. */
export function VerdictExplanation({ place }: { place: SamplePlace }) {
  const [isOpen, setOpen] = useState(false);
  const { runId, itemKey, sampleIndex } = place;
  const { data, error, isPending } = useQuery({
    queryKey: ['explanation', runId, itemKey, sampleIndex],
    enabled: isOpen,
    staleTime: Infinity,
    queryFn: async () => {
      const sample = `/api/v1/runs/${runId}/samples/${encodeURIComponent(itemKey)}/${sampleIndex}`;
      return SampleExplanation.parse(await callApi(`${sample}/explanation`, { method: 'GET' }));
    },
  });
  return (
    <details
      className="group border-y border-hair text-sm"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex cursor-pointer items-baseline gap-2 py-2">
        <span
          aria-hidden
          className="text-xs text-muted transition-transform duration-150 group-open:rotate-90"
        >
          ▸
        </span>
        How this verdict came about
      </summary>
      <div aria-live="polite" className="flex flex-col gap-4 pb-3">
        {error !== null ? (
          <Notice tone="bad" title="There is no explanation.">
            {error.message}
          </Notice>
        ) : isPending ? (
          <p className="text-muted">Judging the sample again …</p>
        ) : (
          <Steps {...data} />
        )}
      </div>
    </details>
  );
}

function Steps(explained: SampleExplanation) {
  const { explanation, excerpt, outcome, reason, verifier, version, policy } = explained;
  return (
    <>
      <Difference {...explained} />
      {explanation !== null && (
        <>
          <Step name={describeRule(explanation.rule)}>
            {excerpt !== null && (
              <Code>
                <span className="text-muted">{excerpt.before}</span>
                <mark className="rounded-[2px] bg-accent-ground text-ink">{excerpt.answer}</mark>
                <span className="text-muted">{excerpt.after}</span>
              </Code>
            )}
          </Step>
          <Reading name="The answer" side={explanation.answer} />
          <Reading name="The reference" side={explanation.gold} />
        </>
      )}
      <Step name={`What decided: ${outcome}`}>
        <p className="[overflow-wrap:anywhere]">
          {explanation?.step ?? reason ?? 'The verifier says no more than this.'}
        </p>
      </Step>
      <Step name={`Conventions of ${verifier}@${version}`}>
        <Conventions policy={policy} />
      </Step>
    </>
  );
}

/** A verdict of an older verifier, or of one that was stopped, may differ from the one found now. */
function Difference({ verifier, version, outcome, counted }: SampleExplanation) {
  if (counted === null || (counted.version === version && counted.outcome === outcome)) return null;
  return (
    <Notice title={`The board counts ${counted.outcome}, by ${verifier}@${counted.version}.`}>
      Judged again by {verifier}@{version} it is {outcome}, as follows.
    </Notice>
  );
}

function describeRule(rule: string | null): string {
  return rule === null ? 'No answer was found' : `Where the answer was found: ${rule}`;
}

function Reading({ name, side }: { name: string; side: Explanation['answer'] }) {
  if (side === null) return null;
  return (
    <Step name={name}>
      <dl className="flex flex-col gap-1.5">
        <Form name="written">{side.text}</Form>
        <Form name="read as">{side.tree}</Form>
        <Form name="compared as">{side.canonical}</Form>
      </dl>
    </Step>
  );
}

function Form({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd>
        <Code>{children}</Code>
      </dd>
    </div>
  );
}

function Conventions({ policy }: { policy: SampleExplanation['policy'] }) {
  const names = Object.keys(policy);
  if (names.length === 0) return <p className="text-muted">It has none to choose from.</p>;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 font-mono text-xs">
      {names.map((name) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="[overflow-wrap:anywhere]">
            {typeof policy[name] === 'string' ? policy[name] : JSON.stringify(policy[name])}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Step({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-1">
      <h3 className="text-xs font-medium">{name}</h3>
      {children}
    </section>
  );
}

function Code({ children }: { children: ReactNode }) {
  return (
    <div
      tabIndex={0}
      className="max-h-40 overflow-y-auto font-mono text-xs [overflow-wrap:anywhere] whitespace-pre-wrap"
    >
      {children}
    </div>
  );
}
