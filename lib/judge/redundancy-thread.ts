import { parentPort } from 'node:worker_threads';
import { findAnswerForm } from '#lib/redundancy/answers/answer-form.ts';
import {
  describeTrace,
  type TraceDescription,
  type TracePart,
} from '#lib/redundancy/transcript/describe-trace.ts';
import { knownTokenizers } from '#lib/known-tokenizers.ts';
import type { TokenCounter } from '#lib/tokens/tokenizer.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import type { Verdict } from '#lib/verifiers/verifier.ts';

/** One text to be looked through; hostile input like everything that models write. */
export interface TraceQuestion {
  text: string;
  parts: readonly TracePart[];
  question: string | null;
  tokenizer: string | null;
  /** Null when the answer is not looked for. */
  reference: {
    gold: string;
    choices: string[] | null;
    verifier: string;
    policy: Record<string, unknown>;
  } | null;
}

export interface DescribedTrace {
  description: TraceDescription;
  /** Not all candidates could be compared in time; the places of answers are left out then. */
  isLate: boolean;
}

export type FromRedundancyThread = { kind: 'ready' } | ({ kind: 'described' } & DescribedTrace);

const COMPARE_MS = 2_000;
const counters = new Map<string, Promise<TokenCounter>>();

function loadCounter(id: string): Promise<TokenCounter> {
  const loading = counters.get(id) ?? knownTokenizers().get(id).load();
  counters.set(id, loading);
  return loading;
}

interface Equality {
  isEqual: (answer: string) => boolean;
  isLate: () => boolean;
  accepted: string | null;
}

/** Null when the verifier does not compare with the reference. */
function equalityOf({ text, question, reference }: TraceQuestion): Equality | null {
  if (reference === null) return null;
  const { gold, choices, verifier: id, policy } = reference;
  const verifier = verifiers.get(id);
  const parsed = verifier.policy.parse(policy);
  const item = {
    gold,
    ...(question !== null && { question }),
    ...(choices !== null && { choices }),
  };
  const judge = (response: string): Verdict =>
    verifier.verify({ ...item, response, isTruncated: false }, parsed);
  const isCorrect = (response: string): boolean => judge(response).status === 'correct';
  const form = findAnswerForm(gold, isCorrect);
  if (form === null) return null;
  const deadline = performance.now() + COMPARE_MS;
  const { status, extracted } = judge(text);
  let isLate = false;
  return {
    accepted: status === 'correct' ? extracted : null,
    isEqual(answer) {
      isLate ||= performance.now() > deadline;
      return !isLate && isCorrect(form(answer));
    },
    isLate: () => isLate,
  };
}

function post(message: FromRedundancyThread): void {
  parentPort?.postMessage(message);
}

async function describe(asked: TraceQuestion): Promise<void> {
  const counter = asked.tokenizer === null ? null : await loadCounter(asked.tokenizer);
  const equality = equalityOf(asked);
  const isEqual = equality?.isEqual ?? null;
  const { text, parts, question } = asked;
  const accepted = equality?.accepted ?? null;
  let description = describeTrace(text, { parts, question, isEqual, accepted, counter });
  const isLate = equality?.isLate() ?? false;
  if (isLate) description = describeTrace(text, { parts, question, isEqual: null, counter });
  post({ kind: 'described', description, isLate });
}

// A rejection is not caught on purpose: it ends the thread, and its owner tells the reader.
parentPort?.on('message', (asked: TraceQuestion) => void describe(asked));
post({ kind: 'ready' });
