import { expect, test } from 'vitest';
import { trainingView } from '#lib/audit/divergence.ts';
import {
  trainingAttempts,
  trainingCheckpoints,
  trainingItems,
  TRAINING_BENCHMARK,
} from '#lib/demo/training-board.ts';
import { verifiers } from '#lib/verifiers/index.ts';

function accepts(id: string, response: string, gold: string): boolean {
  const verifier = verifiers.get(id);
  return verifier.verify({ response, gold }, verifier.policy.parse({})).status === 'correct';
}

test('a reward that reads the thinking leaves the audit behind from the step on at which answers go unspoken', () => {
  const judged = trainingCheckpoints.map(({ id, params: { step } }) => {
    const tally = { acceptedByBoth: 0, acceptedOnlyInTraining: 0, acceptedOnlyByAudit: 0 };
    let samples = 0;
    for (const { output, gold } of trainingAttempts(id)) {
      samples += 1;
      const [training, audit] = [
        accepts('qwen-like', output, gold),
        accepts(TRAINING_BENCHMARK.defaultVerifier, output, gold),
      ];
      if (training && audit) tally.acceptedByBoth += 1;
      else if (training) tally.acceptedOnlyInTraining += 1;
      else if (audit) tally.acceptedOnlyByAudit += 1;
    }
    expect(samples).toBe(trainingItems().length * TRAINING_BENCHMARK.samplesPerItem);
    return { step, samples, ...tally };
  });
  const { checkpoints, divergedAt } = trainingView(judged);
  expect(divergedAt).toBe(400);
  const training = checkpoints.map((one) => one.training ?? 0);
  expect(training).toEqual([...training].sort((a, b) => a - b));
  const audit = checkpoints.map((one) => one.audit ?? 0);
  expect(Math.max(...audit)).toBe(audit[3]);
  expect(audit.at(-1)).toBeLessThan(audit[0] ?? 0);
});

test('a checkpoint that is not there is refused by name', () => {
  expect(() => [...trainingAttempts('step-50')]).toThrow(/step-50/);
});
