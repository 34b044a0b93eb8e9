'use client';

import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Field, SelectInput, TextArea, TextInput } from '#app/_ui/field.tsx';
import { Notice } from '#app/_ui/notice.tsx';
import { OutcomeMark } from '#app/_ui/outcome-mark.tsx';
import { callApi, messageOf } from '#app/submissions/api-call.client.ts';
import { VerifyResponse, type VerdictExplanation } from '#lib/schemas/verify.ts';
import { switchLabel, type PolicySwitch } from './policy-switches.ts';

export interface TriedVerifier {
  id: string;
  label: string;
  switches: PolicySwitch[];
}

type State =
  | { kind: 'idle' }
  | { kind: 'busy' }
  | { kind: 'failed'; message: string }
  | { kind: 'judged'; answer: VerifyResponse };

/** Hands one answer to the API that training loops use, and shows what comes back. */
export function TryIt({ verifiers, preset }: { verifiers: TriedVerifier[]; preset: string }) {
  const [chosen, setChosen] = useState(preset);
  const [gold, setGold] = useState('(-\\infty, 2]');
  const [response, setResponse] = useState('Both cases give the same bound, so \\boxed{x \\le 2}.');
  const [choices, setChoices] = useState('');
  const [policy, setPolicy] = useState<Record<string, string>>({});
  const [state, setState] = useState<State>({ kind: 'idle' });
  const verifier = verifiers.find(({ id }) => id === chosen);

  const judge = async () => {
    setState({ kind: 'busy' });
    const texts = choices.split('\n').filter((line) => line.trim() !== '');
    const item = { gold, response, ...(texts.length > 0 && { choices: texts }) };
    try {
      const answer = await callApi('/api/v1/verify', {
        method: 'POST',
        json: { verifier: chosen, policy, explain: true, items: [item] },
      });
      setState({ kind: 'judged', answer: VerifyResponse.parse(answer) });
    } catch (error) {
      setState({ kind: 'failed', message: messageOf(error) });
    }
  };

  return (
    <form
      className="grid max-w-5xl gap-4 md:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        void judge();
      }}
    >
      <div className="flex flex-col gap-3">
        <Field label="Verifier" htmlFor="try-verifier">
          <SelectInput
            id="try-verifier"
            value={chosen}
            onChange={(event) => {
              setChosen(event.target.value);
              setPolicy({});
            }}
          >
            {verifiers.map(({ id, label }) => (
              <option key={id} value={id}>
                {label} ({id})
              </option>
            ))}
          </SelectInput>
        </Field>
        <Field label="Reference" htmlFor="try-gold">
          <TextInput
            id="try-gold"
            className="font-mono"
            value={gold}
            onChange={(event) => setGold(event.target.value)}
          />
        </Field>
        <Field label="Response" htmlFor="try-response">
          <TextArea
            id="try-response"
            className="font-mono"
            rows={4}
            value={response}
            onChange={(event) => setResponse(event.target.value)}
          />
        </Field>
        <Field label="Choices, one a line, where there are some" htmlFor="try-choices">
          <TextArea
            id="try-choices"
            rows={2}
            value={choices}
            onChange={(event) => setChoices(event.target.value)}
          />
        </Field>
      </div>
      <div className="flex flex-col gap-3">
        {verifier !== undefined && verifier.switches.length > 0 && (
          <fieldset className="grid grid-cols-2 gap-3">
            <legend className="pb-1 text-xs font-medium text-muted">Policy</legend>
            {verifier.switches.map(({ name, options, preset: value }) => (
              <Field key={name} label={switchLabel(name)} htmlFor={`try-${name}`}>
                <SelectInput
                  id={`try-${name}`}
                  value={policy[name] ?? value}
                  onChange={(event) => setPolicy({ ...policy, [name]: event.target.value })}
                >
                  {options.map((option) => (
                    <option key={option}>{option}</option>
                  ))}
                </SelectInput>
              </Field>
            ))}
          </fieldset>
        )}
        <div className="flex items-center gap-3">
          <Button type="submit" look="primary" disabled={state.kind === 'busy'}>
            {state.kind === 'busy' ? 'Judging…' : 'Judge'}
          </Button>
        </div>
        <div aria-live="polite">
          {state.kind === 'failed' && (
            <Notice tone="bad" title="No verdict">
              {state.message}
            </Notice>
          )}
          {state.kind === 'judged' && <Verdict answer={state.answer} />}
        </div>
      </div>
    </form>
  );
}

function Verdict({ answer: { verifier, version, results } }: { answer: VerifyResponse }) {
  const [result] = results;
  if (result === undefined) return null;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 border-t border-firm pt-3 text-sm">
      <dt className="text-muted">Verdict</dt>
      <dd>
        <OutcomeMark outcome={result.status} />
      </dd>
      <dt className="text-muted">Answer found</dt>
      <dd className="font-mono text-xs [overflow-wrap:anywhere]">{result.extracted ?? '—'}</dd>
      <dt className="text-muted">Reason</dt>
      <dd>{result.reason ?? 'The answer is the reference.'}</dd>
      <dt className="text-muted">Judged by</dt>
      <dd>
        {verifier}@{version} in {result.ms.toFixed(2)} ms
      </dd>
      {result.explanation != null && <Way explanation={result.explanation} />}
    </dl>
  );
}

/** How both sides were read, as the sample page and `laconic verify --explain` tell it. */
function Way({ explanation: { rule, gold, answer } }: { explanation: VerdictExplanation }) {
  const sides = [
    ['Answer', answer],
    ['Reference', gold],
  ] as const;
  return (
    <>
      <dt className="text-muted">Found by</dt>
      <dd>{rule ?? 'no rule'}</dd>
      {sides.map(
        ([name, side]) =>
          side !== null && (
            <div key={name} className="contents">
              <dt className="text-muted">{name} read as</dt>
              <dd className="max-h-32 overflow-y-auto font-mono text-xs [overflow-wrap:anywhere]">
                {side.tree}
              </dd>
              <dt className="text-muted">{name} compared as</dt>
              <dd className="max-h-32 overflow-y-auto font-mono text-xs [overflow-wrap:anywhere]">
                {side.canonical}
              </dd>
            </div>
          ),
      )}
    </>
  );
}
