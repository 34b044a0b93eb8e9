import { z } from 'zod';
import { sentenceOf } from '#lib/errors.ts';
import { readJsonRows, type JsonRow } from '#lib/ingest/json-row.ts';
import type { VerdictPlan, VerdictPool } from '#lib/judge/verdict-pool.ts';
import type { Verifier, VerifyInput } from '#lib/verifiers/verifier.ts';

/** Small enough that a slow answer does not hold many others back, large enough that messages cost little. */
const BATCH = 64;

const text = z.union([z.string(), z.number().transform(String)], {
  error: ({ input }) => `must be a text or a number${found(input)}`,
});

function found(value: unknown): string {
  if (value === undefined) return ', and is missing';
  return value === null
    ? ', not null'
    : `, not ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}`;
}

/** One line of the input. Other fields are left alone: files of results have many. */
const Row = z.object(
  {
    id: z.unknown().optional(),
    gold: text,
    response: z.string({ error: ({ input }) => `must be a text${found(input)}` }),
    question: z.string({ error: 'must be a text' }).nullish(),
    choices: z.array(z.string(), { error: 'must be a list of texts' }).nullish(),
    isTruncated: z.boolean({ error: 'must be true or false' }).nullish(),
  },
  { error: 'must be an object with "gold" and "response"' },
);

type Task = { id: unknown; input: VerifyInput } | { id: unknown; line: number; reason: string };

export interface Judge {
  pool: VerdictPool;
  plan: VerdictPlan;
  /** Of the verifier that the plan names. */
  version: Verifier['version'];
}

interface Answer {
  text: string;
  isError: boolean;
}

/** One line of the output for each line of the input, in its order; reads on only as fast as the lines are taken. */
export async function* verifyLines(
  source: AsyncIterable<Uint8Array>,
  judge: Judge,
): AsyncGenerator<Answer> {
  const input = batches(source);
  const ahead: Promise<Answer[]>[] = [];
  let next: Promise<IteratorResult<Task[], void>> | null = handled(input.next());
  for (;;) {
    const [first] = ahead;
    const isFull = ahead.length > judge.pool.size * 2;
    // Whoever writes one line and waits for its verdict gets it: answers do not wait for more input.
    const isInput = next !== null && !isFull && (await isInputFirst(next, first));
    if (isInput && next !== null) {
      const tasks: IteratorResult<Task[], void> = await next;
      next = tasks.done === true ? null : handled(input.next());
      if (tasks.done !== true) ahead.push(handled(answer(tasks.value, judge)));
    } else if (first !== undefined) {
      void ahead.shift();
      yield* await first;
    } else return;
  }
}

async function isInputFirst(next: Promise<unknown>, first?: Promise<unknown>): Promise<boolean> {
  const input = next.then(() => true);
  return first === undefined ? input : Promise.race([first.then(() => false), input]);
}

/** It is awaited in its turn; until then a rejection must not count as unhandled. */
function handled<T>(promise: Promise<T>): Promise<T> {
  void promise.catch(() => undefined);
  return promise;
}

async function* batches(source: AsyncIterable<Uint8Array>): AsyncGenerator<Task[]> {
  for await (const rows of readJsonRows(source)) {
    for (let start = 0; start < rows.length; start += BATCH) {
      yield rows.slice(start, start + BATCH).map(toTask);
    }
  }
}

function toTask(row: JsonRow): Task {
  const { line } = row;
  if (row.error !== null) return { id: undefined, line, reason: sentenceOf(row.error) };
  const parsed = Row.safeParse(row.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? '';
    const reason = `${field === '' ? 'The line' : `"${field}"`} ${issue?.message ?? 'is not valid'}.`;
    return { id: idOf(row.value), line, reason };
  }
  const { id, gold, response, question, choices, isTruncated } = parsed.data;
  return {
    id,
    input: {
      gold,
      response,
      ...(question != null && { question }),
      ...(choices && { choices }),
      ...(isTruncated != null && { isTruncated }),
    },
  };
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
}

async function answer(tasks: readonly Task[], { pool, plan, version }: Judge): Promise<Answer[]> {
  const inputs = tasks.flatMap((task) => ('input' in task ? [task.input] : []));
  const verdicts = (inputs.length === 0 ? [] : await pool.judge(plan, inputs))[Symbol.iterator]();
  return tasks.map((task) => {
    const id = task.id === undefined ? {} : { id: task.id };
    if (!('input' in task)) {
      const error = { ...id, status: 'error', line: task.line, reason: task.reason };
      return { text: JSON.stringify(error), isError: true };
    }
    const { value } = verdicts.next();
    if (value === undefined) throw new Error('The pool gave fewer verdicts than it had inputs.');
    const { status, extracted, reason } = value.verdict;
    const ms = Math.round(value.ms * 1000) / 1000;
    const verdict = { ...id, status, extracted, reason, verifier: plan.verifier, version, ms };
    if (plan.hasExplanations === true) Object.assign(verdict, { explanation: value.explanation });
    return { text: JSON.stringify(verdict), isError: false };
  });
}
