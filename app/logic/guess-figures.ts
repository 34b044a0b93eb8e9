import { measureGuessability, type Guessability } from '#lib/logic/guessability.ts';
import { logicTasks } from '#lib/logic/index.ts';
import type { LogicTask } from '#lib/logic/logic-task.ts';

export const GUESS_LEVELS = [1, 5] as const;
const INSTANCES = 60;

const measured = new Map<string, Promise<Guessability>>();
let last: Promise<unknown> = Promise.resolve();

/** Measured once a process, one after the other, so that a visit never holds the server up. */
export function guessabilityOf(id: string, level: number): Promise<Guessability> {
  const key = `${id} ${String(level)}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  const task: LogicTask = logicTasks.get(id);
  const figure = last
    .then(() => new Promise((resolve) => setImmediate(resolve)))
    .then(() => measureGuessability(task, level, INSTANCES));
  last = figure.catch(() => undefined);
  measured.set(key, figure);
  return figure;
}
