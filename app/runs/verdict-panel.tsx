import type { ReactNode } from 'react';
import { OutcomeMark } from '#app/_ui/outcome-mark.tsx';
import { formatCount, UNKNOWN } from '#app/_ui/number-format.ts';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import type { Sample } from '#lib/schemas/sample.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { VerdictExplanation } from './verdict-explanation.client.tsx';

/** What was decided about a sample, by whom and why, and what it cost. */
export function VerdictPanel({ sample }: { sample: Sample }) {
  const verdict = sample.verdicts.find((one) => one.isDefault);
  const others = sample.verdicts.filter((one) => !one.isDefault);
  return (
    <aside
      aria-label="Verdict"
      className="flex flex-col gap-5 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:self-start lg:overflow-y-auto"
    >
      <section className="flex flex-col gap-2">
        <h2 className="text-lg">
          <OutcomeMark outcome={sample.outcome} />
        </h2>
        {sample.error !== null && (
          <p className="text-bad [overflow-wrap:anywhere]">
            {sample.error.code}
            {sample.error.message !== null && `: ${sample.error.message}`}
          </p>
        )}
        <dl className="grid grid-cols-[6.5rem_1fr] gap-x-3 gap-y-1.5">
          <Fact name="Extracted">{verdict?.extracted ?? UNKNOWN}</Fact>
          <Fact name="Reference">
            <Reference sample={sample} />
          </Fact>
          {verdict?.reason != null && <Fact name="Why">{verdict.reason}</Fact>}
          <Fact name="Judged by">
            {verdict === undefined ? 'nobody yet' : `${verdict.verifier}@${verdict.version}`}
          </Fact>
          <Fact name="Source said">{describeReported(sample.reported)}</Fact>
          <Fact name="Ended">
            {sample.finishReason === 'length' ? 'cut at the token limit' : sample.finishReason}
          </Fact>
        </dl>
      </section>
      {verdict !== undefined && !sample.isGoldHidden && (
        <VerdictExplanation
          place={{ runId: sample.runId, itemKey: sample.itemKey, sampleIndex: sample.sampleIndex }}
        />
      )}
      {others.length > 0 && (
        <section>
          <h2 className="text-sm">Other verdicts</h2>
          <ul className="text-sm">
            {others.map((one) => (
              <li key={`${one.verifier} ${one.version} ${one.policy}`} className="py-1">
                <OutcomeMark outcome={one.outcome} />{' '}
                <span className="text-muted">
                  {one.verifier}@{one.version}
                </span>
                {one.reason !== null && <p className="text-xs text-muted">{one.reason}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 className="pb-1 text-sm">Tokens</h2>
        <TokenTable sample={sample} />
      </section>
    </aside>
  );
}

/** A reference that holds more than an answer shows the answer, and the rest on demand. */
function Reference({ sample }: { sample: Sample }) {
  const { gold } = sample;
  if (gold === null) return sample.isGoldHidden ? 'hidden by the benchmark' : UNKNOWN;
  const id = sample.verdicts.find((one) => one.isDefault)?.verifier;
  const shown =
    id !== undefined && verifiers.has(id) ? (verifiers.get(id).showGold?.(gold) ?? null) : null;
  if (shown === null) return gold;
  return (
    <>
      <span className="font-mono text-xs whitespace-pre-wrap">{shown}</span>
      <details className="pt-1 text-xs text-muted">
        <summary className="cursor-pointer">all that is stored</summary>
        <span className="font-mono">{gold}</span>
      </details>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="max-h-40 overflow-y-auto [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

function TokenTable({ sample }: { sample: Sample }) {
  if (sample.tokens.length === 0) {
    return (
      <p className="text-sm text-muted">
        Nobody counted; the text has {formatCount(sample.characters)} characters.
      </p>
    );
  }
  return (
    <>
      <Table>
        <thead>
          <tr>
            <HeaderCell>Counted by</HeaderCell>
            <HeaderCell isNumber>Reasoning</HeaderCell>
            <HeaderCell isNumber>Answer</HeaderCell>
            <HeaderCell isNumber>All</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {sample.tokens.map((count) => (
            <Row key={count.by}>
              <Cell title={count.note ?? undefined}>{count.by}</Cell>
              <Cell isNumber>{formatCount(count.reasoning)}</Cell>
              <Cell isNumber>{formatCount(count.answer)}</Cell>
              <Cell isNumber>{formatCount(count.output)}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <p className="pt-1 text-xs text-muted">{formatCount(sample.characters)} characters</p>
    </>
  );
}

function describeReported({ score, correct, extracted }: Sample['reported']): string {
  const parts = [
    correct === null ? null : correct ? 'right' : 'wrong',
    score === null || score === Number(correct) ? null : `score ${score}`,
    extracted === null ? null : `“${extracted}”`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? UNKNOWN : parts.join(', ');
}
