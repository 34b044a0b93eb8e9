import { z } from 'zod';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { logicTasks } from '#lib/logic/index.ts';
import { taskKey } from '#lib/logic/logic-task.ts';
import { LogicCatalogue } from '#lib/schemas/logic.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'Logic tasks',
  description:
    'Every kind of puzzle with its promise, its wordings and the parameters of its levels.',
  response: LogicCatalogue,
  handle: () =>
    Promise.resolve({
      tasks: logicTasks.all.map((task) => ({
        task: taskKey(task),
        version: task.version,
        label: task.label,
        category: task.category,
        description: task.description,
        promise: task.promise,
        templates: task.templates,
        levels: [...task.levels],
        parameters: z.toJSONSchema(task.params, { io: 'input', unrepresentable: 'any' }),
      })),
    }),
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
