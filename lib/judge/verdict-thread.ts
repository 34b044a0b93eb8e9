import { parentPort } from 'node:worker_threads';
import { verifiers } from '#lib/verifiers/index.ts';
import type { Verifier, VerifyInput } from '#lib/verifiers/verifier.ts';
import type { FromVerdictThread, TimedVerdict, ToVerdictThread } from './verdict-pool.ts';

/** Plans repeat from batch to batch, and parsing a policy costs as much as an easy verdict. */
const known = new Map<string, { verifier: Verifier; policy: unknown }>();
const MAX_KNOWN = 100;

function prepare(plan: ToVerdictThread['plan']): { verifier: Verifier; policy: unknown } {
  const key = JSON.stringify([plan.verifier, plan.policy]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const verifier = verifiers.get(plan.verifier);
  const prepared = { verifier, policy: verifier.policy.parse(plan.policy) };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, prepared);
  return prepared;
}

function judge(
  { verifier, policy }: { verifier: Verifier; policy: unknown },
  input: VerifyInput,
  hasExplanation: boolean,
): Omit<TimedVerdict, 'ms'> {
  if (!hasExplanation || verifier.explain === undefined) {
    return { verdict: verifier.verify(input, policy), explanation: null };
  }
  const { verdict, ...explanation } = verifier.explain(input, policy);
  return { verdict, explanation };
}

function post(message: FromVerdictThread): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', ({ plan, inputs }: ToVerdictThread) => {
  const prepared = prepare(plan);
  for (const input of inputs) {
    const startedAt = performance.now();
    const judged = judge(prepared, input, plan.hasExplanations === true);
    post({ kind: 'verdict', ...judged, ms: performance.now() - startedAt });
  }
});
post({ kind: 'ready' });
