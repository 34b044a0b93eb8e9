import { Fragment, type ReactNode } from 'react';
import { Badge } from '#app/_ui/badge.tsx';
import { InlineCode } from '#app/_ui/inline-code.tsx';
import { OutcomeMark } from '#app/_ui/outcome-mark.tsx';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { needsText, type VerifierFacts } from '#lib/audit/verifier-facts.ts';
import type { Convention, Verifier, VerifierNeeds } from '#lib/verifiers/verifier.ts';
import type { JudgedExample } from './live-audit.ts';
import { switchesOf, switchLabel, type PolicySwitch } from './policy-switches.ts';

const MAX_SHOWN = 160;

/** One verifier: what it accepts and needs, its conventions, and its examples with the verdicts they get now. */
export function VerifierEntry({
  verifier,
  examples,
}: {
  verifier: Verifier;
  examples: readonly JudgedExample[];
}) {
  const switches = switchesOf(verifier);
  const differing = examples.filter(({ verdict, expected }) => verdict.status !== expected).length;
  return (
    <details id={verifier.id} className="group border-b border-hair">
      <EntrySummary {...verifier}>
        {differing > 0 && <Badge tone="bad">{differing} examples differ</Badge>}
      </EntrySummary>
      <div className="flex flex-col gap-4 pt-1 pb-5">
        <NeedsList needs={verifier.needs} />
        {verifier.conventions !== undefined && (
          <ConventionTable conventions={verifier.conventions} switches={switches} />
        )}
        {verifier.conventions === undefined && switches.length > 0 && (
          <dl className="flex flex-wrap gap-x-6 gap-y-1 text-xs text-muted">
            {switches.map(({ name, options, preset }) => (
              <div key={name} className="flex gap-1.5">
                <dt>{switchLabel(name)}:</dt>
                <dd>
                  {options.map((option, index) => (
                    <span key={option}>
                      {index > 0 && ' · '}
                      <span className={option === preset ? 'font-medium text-ink' : ''}>
                        {option}
                      </span>
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        )}
        <ExampleTable examples={examples} />
      </div>
    </details>
  );
}

/** A judge that asks a model: what it does and needs; it has no examples, because its verdicts are a server's. */
export function ModelJudgeEntry({ judge }: { judge: VerifierFacts }) {
  return (
    <details id={judge.id} className="group border-b border-hair">
      <EntrySummary {...judge}>
        <Badge tone="plain">asks a model</Badge>
      </EntrySummary>
      <div className="pt-1 pb-5">
        <NeedsList needs={judge.needs} />
      </div>
    </details>
  );
}

function EntrySummary({
  id,
  version,
  label,
  description,
  children,
}: Pick<VerifierFacts, 'id' | 'version' | 'label' | 'description'> & { children: ReactNode }) {
  return (
    <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 gap-y-1 py-2">
      <span
        aria-hidden
        className="text-xs text-muted transition-transform duration-150 group-open:rotate-90"
      >
        ▸
      </span>
      <h3 className="text-sm">{label}</h3>
      <code className="font-mono text-xs text-muted">
        {id}@{version}
      </code>
      {children}
      <span className="basis-full text-sm text-muted">
        <InlineCode text={description} />
      </span>
    </summary>
  );
}

function NeedsList({ needs }: { needs: VerifierNeeds }) {
  return (
    <dl className="grid max-w-prose grid-cols-[6rem_1fr] gap-x-3 gap-y-0.5 text-xs">
      {needsText(needs).map(([heading, text]) => (
        <Fragment key={heading}>
          <dt className="text-muted">{heading}</dt>
          <dd>
            <InlineCode text={text} />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Each switch as its question and an answer on which its values differ; the default is the heavier one. */
function ConventionTable({
  conventions,
  switches,
}: {
  conventions: readonly Convention[];
  switches: readonly PolicySwitch[];
}) {
  return (
    <Table className="max-w-5xl">
      <caption className="sr-only">Its conventions, each with an example.</caption>
      <thead>
        <tr>
          <HeaderCell>Convention</HeaderCell>
          <HeaderCell>Reference</HeaderCell>
          <HeaderCell>Answer</HeaderCell>
          <HeaderCell>Right under</HeaderCell>
          <HeaderCell>Not under</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {conventions.map(({ name, asks, gold, answer, rightUnder }) => {
          const { options = [], preset } = switches.find((one) => one.name === name) ?? {};
          const value = (option: string) => (
            <span key={option} className={option === preset ? 'font-medium' : 'text-muted'}>
              {option}
              {option === preset && ' (default)'}
            </span>
          );
          return (
            <Row key={name} className="align-top">
              <th scope="row" className="min-w-48 py-1.5 pr-4 text-left font-normal">
                <code className="font-mono text-xs">{name}</code>
                <span className="block text-muted">
                  <InlineCode text={asks} />
                </span>
              </th>
              <Cell className="py-1.5 font-mono text-xs">{gold}</Cell>
              <Cell className="py-1.5 font-mono text-xs">{answer}</Cell>
              <Cell className="py-1.5">{rightUnder.map(value)}</Cell>
              <Cell className="py-1.5">
                {options.filter((option) => !rightUnder.includes(option)).map(value)}
              </Cell>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}

function ExampleTable({ examples }: { examples: readonly JudgedExample[] }) {
  return (
    <Table>
      <thead>
        <tr>
          <HeaderCell>Verdict</HeaderCell>
          <HeaderCell>Response</HeaderCell>
          <HeaderCell>Reference</HeaderCell>
          <HeaderCell>What it shows</HeaderCell>
          <HeaderCell>Reason given</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {examples.map(({ response, gold, why, policy, expected, verdict }) => (
          <Row key={`${why} ${response}`} className="align-top">
            <Cell className="py-1.5">
              <OutcomeMark outcome={verdict.status} />
              {verdict.status !== expected && (
                <span className="block text-xs text-bad">expected {expected}</span>
              )}
            </Cell>
            <Cell className="max-w-96 min-w-48 py-1.5 font-mono text-xs [overflow-wrap:anywhere] whitespace-pre-wrap">
              {shorten(response)}
            </Cell>
            <Cell className="max-w-48 min-w-20 py-1.5 font-mono text-xs [overflow-wrap:anywhere]">
              {shorten(gold)}
            </Cell>
            <Cell className="min-w-48 py-1.5">
              <InlineCode text={why} />
              {Object.keys(policy).length > 0 && (
                <span className="block text-xs text-muted">
                  {Object.entries(policy)
                    .map(([name, value]) => `${switchLabel(name)}: ${String(value)}`)
                    .join(', ')}
                </span>
              )}
            </Cell>
            <Cell className="min-w-40 py-1.5 text-muted">{verdict.reason ?? ''}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function shorten(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
