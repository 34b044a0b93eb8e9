'use client';

import { useRef, useState } from 'react';
import type { z } from 'zod';
import { Button } from '#app/_ui/button.tsx';
import { Field, SelectInput, TextArea } from '#app/_ui/field.tsx';
import { Notice } from '#app/_ui/notice.tsx';
import { OutcomeMark } from '#app/_ui/outcome-mark.tsx';
import { callApi, messageOf } from '#app/submissions/api-call.client.ts';
import {
  GenerateResponse,
  LogicVerifyResponse,
  type GeneratedPuzzle as PuzzleSchema,
} from '#lib/schemas/logic.ts';
import { GALLERY_SEED } from './gallery-seed.ts';

type Puzzle = z.infer<typeof PuzzleSchema>;
type Language = Puzzle['language'];
type Verdict = LogicVerifyResponse['results'][number];

interface Choice {
  level: number;
  index: number;
  language: Language;
  template: number;
}

interface PuzzleCardProps {
  task: string;
  label: string;
  templates: Readonly<Record<Language, number>>;
  start: Puzzle;
}

/** One puzzle with its controls and a box that judges what the reader types. */
export function PuzzleCard({ task, label, templates, start }: PuzzleCardProps) {
  const [choice, setChoice] = useState<Choice>({
    level: start.level,
    index: 0,
    language: start.language,
    template: start.template,
  });
  const [puzzle, setPuzzle] = useState(start);
  const [failure, setFailure] = useState<string | null>(null);
  const newest = useRef(0);

  /** Only the answer to the last question is shown, however the answers overtake each other. */
  const ask = async (change: Partial<Choice>) => {
    const next = { ...choice, ...change };
    setChoice(next);
    newest.current += 1;
    const turn = newest.current;
    try {
      const { level, index, language, template } = next;
      const answer = await callApi(`/api/v1/logic/${task}/generate`, {
        method: 'POST',
        json: { level, count: 1, from: index, seed: GALLERY_SEED, language, template },
      });
      const [made] = GenerateResponse.parse(answer).items;
      if (turn !== newest.current || made === undefined) return;
      setPuzzle(made);
      setFailure(null);
    } catch (error) {
      if (turn === newest.current) setFailure(messageOf(error));
    }
  };

  return (
    <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-3">
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <label className="flex items-center gap-2 text-sm">
            <span className="text-xs font-medium text-muted">Level</span>
            <input
              type="range"
              min={1}
              max={10}
              value={choice.level}
              aria-label={`Level of ${label}`}
              className="w-36 accent-accent"
              onChange={(event) => void ask({ level: Number(event.target.value) })}
            />
            <span className="w-5 tabular-nums">{choice.level}</span>
          </label>
          <div className="w-28">
            <SelectInput
              aria-label={`Language of ${label}`}
              value={choice.language}
              onChange={(event) =>
                void ask({ language: event.target.value === 'zh' ? 'zh' : 'en', template: 0 })
              }
            >
              <option value="en">English</option>
              <option value="zh">中文</option>
            </SelectInput>
          </div>
          <div className="w-36">
            <SelectInput
              aria-label={`Wording of ${label}`}
              value={choice.template}
              onChange={(event) => void ask({ template: Number(event.target.value) })}
            >
              {Array.from({ length: templates[choice.language] }, (_, template) => (
                <option key={template} value={template}>
                  Wording {template + 1} of {templates[choice.language]}
                </option>
              ))}
            </SelectInput>
          </div>
          <Button onClick={() => void ask({ index: choice.index + 1 })}>Another puzzle</Button>
        </div>
        {failure !== null && (
          <Notice tone="bad" title="No puzzle">
            {failure}
          </Notice>
        )}
        <pre
          lang={puzzle.language}
          tabIndex={0}
          aria-label={`A puzzle of ${label}`}
          className="max-h-96 overflow-auto rounded-[3px] bg-sunken px-3 py-2.5 font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]"
        >
          {puzzle.prompt}
        </pre>
        <p className="text-xs text-muted">
          {Object.entries(puzzle.difficulty)
            .map(([name, value]) => `${toWords(name)} ${formatNumber(value)}`)
            .join(' · ')}
        </p>
      </div>
      <AnswerBox key={puzzle.id} task={task} label={label} puzzle={puzzle} />
    </div>
  );
}

function AnswerBox({ task, label, puzzle }: { task: string; label: string; puzzle: Puzzle }) {
  const [response, setResponse] = useState('');
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const id = `answer-${task}`;

  const judge = async () => {
    setFailure(null);
    try {
      const answer = await callApi(`/api/v1/logic/${task}/verify`, {
        method: 'POST',
        json: { items: [{ data: puzzle.data, response }] },
      });
      setVerdict(LogicVerifyResponse.parse(answer).results[0] ?? null);
    } catch (error) {
      setVerdict(null);
      setFailure(messageOf(error));
    }
  };

  return (
    <form
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        void judge();
      }}
    >
      <Field label={`Your answer to ${label}`} htmlFor={id}>
        <TextArea
          id={id}
          rows={4}
          className="font-mono text-xs"
          value={response}
          onChange={(event) => setResponse(event.target.value)}
        />
      </Field>
      <Button type="submit" className="self-start" disabled={response.trim() === ''}>
        Check
      </Button>
      <div aria-live="polite" className="text-sm">
        {failure !== null && (
          <Notice tone="bad" title="No verdict">
            {failure}
          </Notice>
        )}
        {verdict !== null && (
          <>
            <OutcomeMark outcome={verdict.status} />
            <p className="pt-0.5 text-muted">{verdict.reason ?? 'Every rule is kept.'}</p>
          </>
        )}
      </div>
    </form>
  );
}

/** `solverNodes` as `solver nodes`. */
function toWords(name: string): string {
  return name
    .replace(/(?<=[a-z])[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/_/gu, ' ');
}

function formatNumber(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 2 });
}
