import { AppError } from '#lib/errors.ts';
import { findLogicTask } from '#lib/logic/index.ts';
import { createItem } from '#lib/logic/logic-item.ts';
import { taskKey } from '#lib/logic/logic-task.ts';
import { writePuzzleGold } from '#lib/logic/puzzle-gold.ts';
import { demoReasoners, solveQuestion, type DemoAttemptRow } from './attempts.ts';
import { logicModels } from './logic/index.ts';
import type { DemoQuestion } from './items.ts';

/** A small benchmark of generated logic puzzles, for the same reasoners as the first one. */
export const LOGIC_BENCHMARK = {
  name: 'laconic-logic-demo',
  version: 2,
  label: 'Laconic demo: logic puzzles by level',
  description:
    'Generated puzzles of the logic tasks that the reference reasoners can read, at rising levels, each with one solution and judged by its rules.',
  defaultVerifier: 'logic',
  licence: 'Apache-2.0',
  samplesPerItem: 2,
} as const;

const PUZZLES_PER_LEVEL = 4;

export interface LogicDemoItem {
  readonly question: DemoQuestion;
  readonly gold: string;
  readonly groups: { readonly task: string; readonly level: string };
}

let made: readonly LogicDemoItem[] | null = null;

/** All items, task after task and level after level. */
export function logicDemoItems(): readonly LogicDemoItem[] {
  made ??= logicModels.all.flatMap((model) => {
    const { id, levels } = model;
    const task = findLogicTask(id);
    if (task === null) throw new Error(`There is no logic task ${id}.`);
    return levels.flatMap((level) =>
      Array.from({ length: PUZZLES_PER_LEVEL }, (_, index): LogicDemoItem => {
        const item = createItem(task, { seed: LOGIC_BENCHMARK.name, level, index }, 'en');
        const puzzle = model.toPuzzle(item.data);
        if (puzzle === null) throw new Error(`The puzzle ${item.id} can not be modelled.`);
        return {
          question: { key: `${id}-${level}-${index + 1}`, prompt: item.prompt, puzzle },
          gold: writePuzzleGold(taskKey(task), item.data),
          groups: { task: taskKey(task), level: `${level}` },
        };
      }),
    );
  });
  return made;
}

/** All rows of one run, made one by one. Throws `not_found` for an unknown reasoner. */
export function* logicDemoAttempts(
  reasonerId: string,
): Generator<Omit<DemoAttemptRow, 'difficulty'>, void, undefined> {
  const reasoner = demoReasoners.find((known) => known.id === reasonerId);
  if (reasoner === undefined)
    throw new AppError('not_found', `There is no demo reasoner "${reasonerId}".`);
  for (const { question, gold, groups } of logicDemoItems()) {
    for (let sample = 0; sample < LOGIC_BENCHMARK.samplesPerItem; sample += 1) {
      const trace = solveQuestion(reasoner, question, sample);
      yield {
        item_key: question.key,
        sample_index: sample,
        prompt: question.prompt,
        gold,
        groups,
        output: trace.output,
        finish_reason: trace.finishReason,
        params: reasoner.params,
      };
    }
  }
}
