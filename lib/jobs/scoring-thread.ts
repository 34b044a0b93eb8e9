import { parentPort } from 'node:worker_threads';
import { decodeFrame } from '#lib/ingest/frames.ts';
import { tokenizers } from '#lib/tokens/index.ts';
import type { TokenCounter } from '#lib/tokens/tokenizer.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import type { Verdict } from '#lib/verifiers/verifier.ts';
import { countTokens, measureTraces, responseText, type AttemptTexts } from './attempt-measure.ts';
import type { AttemptToScore, FromThread, ScoringPlan, ToThread } from './scoring-protocol.ts';

const counters = new Map<string, Promise<TokenCounter>>();

async function loadCounter(id: string): Promise<TokenCounter> {
  const known = counters.get(id);
  if (known !== undefined) return known;
  const loading = tokenizers.get(id).load();
  counters.set(id, loading);
  return loading;
}

function judge(attempt: AttemptToScore, texts: AttemptTexts, plan: ScoringPlan): Verdict {
  if (attempt.gold === null) {
    return { status: 'unverifiable', extracted: null, reason: 'The item has no reference answer.' };
  }
  const verifier = verifiers.get(plan.verifier);
  return verifier.verify(
    {
      response: responseText(texts),
      gold: attempt.gold,
      isTruncated: attempt.isTruncated,
      ...(attempt.question !== null && { question: attempt.question }),
      ...(attempt.choices !== null && { choices: attempt.choices }),
    },
    verifier.policy.parse(plan.policy),
  );
}

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
    post({
      kind: 'measured',
      index,
      tokens,
      traces: plan.isVerdictOnly === true ? [] : measureTraces(texts),
    });
    post({ kind: 'verdict', index, verdict: judge(attempt, texts, plan) });
  }
  post({ kind: 'finished' });
}

parentPort?.on('message', (message: ToThread) => {
  // A rejection is not caught on purpose: it ends the thread, and the pool knows which attempt did it.
  void scoreBatch(message);
});
