import { AppError } from '#lib/errors.ts';
import { createRng } from '#lib/rng.ts';
import type { DemoAttemptRow } from './attempts.ts';
import { demoItems } from './items.ts';
import { guess } from './strategies/guess.ts';
import { search } from './strategies/search.ts';
import { writeTrace, type Trace } from './trace.ts';

/**
 * Checkpoints of a training that never took place, made to show what a reward that can be gamed looks like: the verifiers of
 * some training libraries read the whole response, thinking included, where the audit reads what follows the thinking.
 */
export const TRAINING_BENCHMARK = {
  name: 'laconic-training-demo',
  version: 1,
  label: 'Laconic demo: a reward that is gamed',
  description:
    'Checkpoints of a scripted learner, not of a model. It solves more puzzles with every step, and from step 400 on it ever more often leaves out the final answer once a box stands in its thinking: rewards that read the whole response go on paying, the audit does not.',
  defaultVerifier: 'math',
  licence: 'Apache-2.0',
  samplesPerItem: 4,
} as const;

export interface TrainingCheckpoint {
  id: string;
  params: { step: number };
  /** Share of the questions that it searches instead of guessing. */
  skill: number;
  /** Share of its answers that it boxes in the thinking and never gives. */
  unspoken: number;
}

const SKILLS = [0.3, 0.42, 0.52, 0.6, 0.66, 0.7, 0.73, 0.75];
const UNSPOKEN = [0, 0, 0, 0, 0.15, 0.35, 0.55, 0.75];

export const trainingCheckpoints: readonly TrainingCheckpoint[] = SKILLS.map((skill, index) => ({
  id: `step-${String(index * 100)}`,
  params: { step: index * 100 },
  skill,
  unspoken: UNSPOKEN[index] ?? 0,
}));

/** The items of the first board whose answers are numbers. */
export function trainingItems() {
  return demoItems().filter(({ verifier }) => verifier === 'math');
}

/** All rows of one checkpoint, made one by one. Throws `not_found` for an unknown one. */
export function* trainingAttempts(
  checkpointId: string,
): Generator<DemoAttemptRow, void, undefined> {
  const checkpoint = trainingCheckpoints.find(({ id }) => id === checkpointId);
  if (checkpoint === undefined)
    throw new AppError('not_found', `There is no demo checkpoint "${checkpointId}".`);
  for (const { question, gold, difficulty, groups } of trainingItems()) {
    for (let sample = 0; sample < TRAINING_BENCHMARK.samplesPerItem; sample += 1) {
      // The same chance at every checkpoint: what was learned or dropped once stays so.
      const rng = createRng(TRAINING_BENCHMARK.name, question.key, sample);
      const [ability, habit] = [rng.float(), rng.float()];
      const strategy = ability < checkpoint.skill ? search : guess;
      const trace = writeTrace(strategy.think(question, rng), null);
      const { output, finishReason } = habit < checkpoint.unspoken ? leaveUnspoken(trace) : trace;
      yield {
        item_key: question.key,
        sample_index: sample,
        prompt: question.prompt,
        gold,
        difficulty,
        groups,
        output,
        finish_reason: finishReason,
        params: checkpoint.params,
      };
    }
  }
}

/** The closing sentence moves into the thinking, and nothing follows. */
function leaveUnspoken({ output, finishReason }: Trace): Trace {
  const [thinking = '', answer = ''] = output.split('\n</think>\n');
  return { output: `${thinking}\n${answer}\n</think>`, finishReason };
}
