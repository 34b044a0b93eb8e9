import { createRegistry } from '../registry.ts';
import * as all from './all.ts';
import type { LogicTask } from './logic-task.ts';

export const logicTasks = createRegistry<LogicTask>('logic task', all);

/** The task of a `data_source` (`val/arrow_maze`, `arrow_maze`) or of an id (`arrow-maze`); null when there is none. */
export function findLogicTask(name: string): LogicTask | null {
  const id = name.replace(/^val\//u, '').replaceAll('_', '-');
  return logicTasks.has(id) ? logicTasks.get(id) : null;
}
