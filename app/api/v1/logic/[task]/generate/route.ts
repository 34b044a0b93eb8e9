import { addressOf } from '#app/api/v1/verify/client-address.ts';
import { AppError } from '#lib/errors.ts';
import { RateLimiter } from '#lib/http/rate-limit.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { createWordedItem } from '#lib/logic/worded-item.ts';
import type { LogicItem } from '#lib/logic/logic-item.ts';
import { taskKey } from '#lib/logic/logic-task.ts';
import { GenerateRequest, GenerateResponse, LogicTaskParams } from '#lib/schemas/logic.ts';
import { getLogicTask } from '../../find-task.ts';

export const dynamic = 'force-dynamic';

const requests = new RateLimiter({ limit: 600, windowSeconds: 60 });

/** Puzzles are made in this thread, which gives way to others after each slice of 20 ms. */
const MAX_BATCH_MS = 5_000;
const SLICE_MS = 20;

export const POST = route({
  summary: 'Generate puzzles of a logic task',
  description:
    'Up to 1,000 puzzles, each a function of task, version, seed, level and index. Needs no token and stores nothing. A batch has 5 s; ask for the rest with `from`. A client may ask 600 times a minute.',
  params: LogicTaskParams,
  body: GenerateRequest,
  response: GenerateResponse,
  async handle({ params, body, request, viewer }) {
    const task = getLogicTask(params.task);
    requests.require(viewer?.tokenId ?? addressOf(request), 'batches of puzzles');
    const { count, from, language, level, seed, template } = body;
    if (language !== null && template !== null && template >= task.templates[language]) {
      const message = `must be under ${String(task.templates[language])}, the wordings of this task`;
      throw new AppError('invalid_input', `There is no wording ${String(template)}.`, {
        details: [{ pointer: '/template', code: 'unknown', message }],
      });
    }
    const items: LogicItem[] = [];
    const start = performance.now();
    let pause = start + SLICE_MS;
    while (items.length < count && performance.now() - start < MAX_BATCH_MS) {
      items.push(
        createWordedItem(task, { seed, level, index: from + items.length }, { language, template }),
      );
      if (performance.now() < pause) continue;
      await new Promise((resolve) => setImmediate(resolve));
      pause = performance.now() + SLICE_MS;
    }
    return {
      task: taskKey(task),
      version: task.version,
      items,
      unreached: count - items.length,
    };
  },
});

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
