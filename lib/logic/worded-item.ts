import { createInstance, createItem, type LogicItem } from './logic-item.ts';
import type { InstanceKey } from './logic-key.ts';
import type { Language, LogicTask } from './logic-task.ts';

export interface Wording {
  /** Null: drawn by the key. */
  readonly language: Language | null;
  /** From 0, within the language; null: drawn by the key. */
  readonly template: number | null;
}

/** The item of a key in a wording of choice: the puzzle is the same, whatever words it is put in. */
export function createWordedItem(
  task: LogicTask,
  key: InstanceKey,
  { language, template }: Wording,
): LogicItem {
  if (language === null || template === null) return createItem(task, key, language);
  const instance = createInstance(task, key);
  const prompt = task.render(instance, language, template);
  const id = [task.id, task.version, key.seed, key.level, key.index].join('/');
  return {
    id,
    task: task.id.replaceAll('-', '_'),
    level: key.level,
    language,
    template,
    prompt,
    data: task.toData(instance, prompt),
    difficulty: task.difficulty(instance),
  };
}
