import { parentPort } from 'node:worker_threads';
import { decodeFrame } from '#lib/ingest/frames.ts';
import { knownTokenizers } from '#lib/known-tokenizers.ts';
import type { TokenCounter } from '#lib/tokens/tokenizer.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import type { Verdict } from '#lib/verifiers/verifier.ts';
import { measureAnswers, type MeasuredAnswers } from './answer-measure.ts';
import {
  countTokens,
  measureAttempt,
  responseText,
  type AttemptTexts,
  type CountedTokens,
} from './attempt-measure.ts';
import type { AttemptToScore, FromThread, ScoringPlan, ToThread } from './scoring-protocol.ts';

const counters = new Map<string, Promise<TokenCounter>>();

async function loadCounter(id: string): Promise<TokenCounter> {
  const known = counters.get(id);
  if (known !== undefined) return known;
  const loading = knownTokenizers().get(id).load();
  counters.set(id, loading);
  return loading;
}

type Judge = (response: string, isTruncated: boolean) => Verdict;

/** Null for an item without a reference. */
function judgeOf({ gold, question, choices }: AttemptToScore, plan: ScoringPlan): Judge | null {
  if (gold === null) return null;
  const verifier = verifiers.get(plan.verifier);
  const policy = verifier.policy.parse(plan.policy);
  const item = {
    gold,
    ...(question !== null && { question }),
    ...(choices !== null && { choices }),
  };
  return (response, isTruncated) => verifier.verify({ ...item, response, isTruncated }, policy);
}

/** Positions in a text that shows only a part of the trace would say nothing of it, so a counter must be there. */
function findAnswers(
  { gold }: AttemptToScore,
  texts: AttemptTexts,
  {
    judge,
    counter,
    tokens,
    verdict,
  }: {
    judge: Judge | null;
    counter: TokenCounter | null;
    tokens: CountedTokens | null;
    verdict: Verdict;
  },
): MeasuredAnswers | null {
  if (gold === null || judge === null || counter === null || tokens === null) return null;
  const isCorrect = (response: string): boolean => judge(response, false).status === 'correct';
  return measureAnswers(texts, {
    ...{ gold, isCorrect, counter },
    accepted: verdict.status === 'correct' ? verdict.extracted : null,
    tokens: tokens.output,
    now: () => performance.now(),
  });
}

const NO_REFERENCE: Verdict = {
  status: 'unverifiable',
  extracted: null,
  reason: 'The item has no reference answer.',
};

function post(message: FromThread): void {
  parentPort?.postMessage(message);
}

async function scoreBatch({ plan, attempts }: ToThread): Promise<void> {
  const counter = plan.tokenizer === null ? null : await loadCounter(plan.tokenizer);
  post({ kind: 'ready' });
  for (const { index, attempt } of attempts) {
    const texts: AttemptTexts = {
      output: decodeFrame(attempt.output),
      reasoning: decodeFrame(attempt.reasoning),
      answer: decodeFrame(attempt.answer),
    };
    const tokens = counter === null ? null : countTokens(texts, counter);
    const isVerdictOnly = plan.isVerdictOnly === true;
    const trace = isVerdictOnly ? null : measureAttempt(texts, attempt.question);
    post({ kind: 'measured', index, tokens, trace });
    const judge = judgeOf(attempt, plan);
    const verdict = judge?.(responseText(texts), attempt.isTruncated) ?? NO_REFERENCE;
    post({ kind: 'verdict', index, verdict });
    const answers = isVerdictOnly
      ? null
      : findAnswers(attempt, texts, { judge, counter, tokens, verdict });
    post({ kind: 'answers', index, answers });
  }
  post({ kind: 'finished' });
}

parentPort?.on('message', (message: ToThread) => {
  // A rejection is not caught on purpose: it ends the thread, and the pool knows which attempt did it.
  void scoreBatch(message);
});
