import { AppError } from '#lib/errors.ts';
import { findLogicTask, logicTasks } from '#lib/logic/index.ts';
import { taskKey, type LogicTask } from '#lib/logic/logic-task.ts';

/** Throws `not_found` with the tasks that there are. */
export function getLogicTask(name: string): LogicTask {
  const task = findLogicTask(name);
  if (task !== null) return task;
  const known = logicTasks.all.map(taskKey).join(', ');
  throw new AppError('not_found', `There is no logic task "${name}". Known: ${known}.`);
}
