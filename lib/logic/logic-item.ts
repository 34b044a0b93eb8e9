import { AppError } from '#lib/errors.ts';
import { instanceRng, wordingRng, type InstanceKey } from './logic-key.ts';
import {
  taskKey,
  type Difficulty,
  type Language,
  type LogicRow,
  type LogicTask,
} from './logic-task.ts';

/** One generated question with all that a check of its answer needs. */
export interface LogicItem {
  /** `task/version/seed/level/index`: everything the instance is made from. */
  readonly id: string;
  readonly task: string;
  readonly level: number;
  readonly language: Language;
  readonly template: number;
  readonly prompt: string;
  readonly data: LogicRow;
  readonly difficulty: Difficulty;
}

/** `language` null draws one of the two; throws `invalid_input` for a level that is not there. */
export function createItem(
  task: LogicTask,
  key: InstanceKey,
  language: Language | null = null,
): LogicItem {
  const instance = createInstance(task, key);
  const rng = wordingRng(task, key);
  const drawn = rng.below(2) === 0 ? 'en' : 'zh';
  const spoken = language ?? drawn;
  const template = rng.below(task.templates[spoken]);
  const prompt = task.render(instance, spoken, template);
  return {
    id: [task.id, task.version, key.seed, key.level, key.index].join('/'),
    task: taskKey(task),
    level: key.level,
    language: spoken,
    template,
    prompt,
    data: task.toData(instance, prompt),
    difficulty: task.difficulty(instance),
  };
}

/** The instance alone: a function of task, version, seed, index and level. */
export function createInstance(task: LogicTask, key: InstanceKey): unknown {
  const params = task.levels[key.level - 1];
  if (params === undefined)
    throw new AppError(
      'invalid_input',
      `${task.id} has the levels 1 to 10, not ${String(key.level)}.`,
    );
  return task.generate(instanceRng(task, key), params);
}
