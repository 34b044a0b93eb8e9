import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { verifiers } from '#lib/verifiers/index.ts';
import type { VerifyInput } from '#lib/verifiers/verifier.ts';
import type { FromVerdictThread } from './verdict-pool.ts';

const Plan = z.object({ verifier: z.string(), policy: z.record(z.string(), z.unknown()) });

const plan = Plan.parse(workerData);
const verifier = verifiers.get(plan.verifier);
const policy = verifier.policy.parse(plan.policy);

function post(message: FromVerdictThread): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (inputs: readonly VerifyInput[]) => {
  for (const input of inputs) {
    const startedAt = performance.now();
    const verdict = verifier.verify(input, policy);
    post({ kind: 'verdict', verdict, ms: performance.now() - startedAt });
  }
});
post({ kind: 'ready' });
