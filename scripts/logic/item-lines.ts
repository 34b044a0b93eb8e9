import { createItem } from '#lib/logic/logic-item.ts';
import { logicTasks } from '#lib/logic/index.ts';
import type { Language } from '#lib/logic/logic-task.ts';

/** What item number `n` is made from; plain data, so that a thread can be given it. */
export interface GeneratePlan {
  readonly tasks: readonly string[];
  readonly levels: readonly number[];
  readonly seed: string;
  /** Null draws one for each item. */
  readonly language: Language | null;
}

/** The items of a block as JSON lines: tasks take turns, and each task goes through the levels. */
export function itemLines(plan: GeneratePlan, from: number, to: number): string {
  const { tasks, levels, seed, language } = plan;
  let text = '';
  for (let n = from; n < to; n += 1) {
    const index = Math.floor(n / tasks.length);
    const task = logicTasks.get(tasks[n % tasks.length] ?? '');
    const level = levels[index % levels.length] ?? 1;
    text += `${JSON.stringify(createItem(task, { seed, index, level }, language))}\n`;
  }
  return text;
}
