import { addressOf } from '#app/api/v1/verify/client-address.ts';
import { readLargeJson } from '#lib/http/large-json.ts';
import { RateLimiter } from '#lib/http/rate-limit.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { taskKey } from '#lib/logic/logic-task.ts';
import { judgePuzzles } from '#lib/logic/judge-puzzles.ts';
import { LogicTaskParams, LogicVerifyRequest, LogicVerifyResponse } from '#lib/schemas/logic.ts';
import { getLogicTask } from '../../find-task.ts';

export const dynamic = 'force-dynamic';

/** A thousand rows of puzzles, which are mostly small objects, with outputs of 8,000 tokens. */
const LIMITS = { maxBytes: 32 * 1024 * 1024, maxKeys: 1_000_000 };

/** A training loop sends some batches a step. */
const requests = new RateLimiter({ limit: 1_200, windowSeconds: 60 });

/** No check takes over 50 ms, so the batch is judged in this thread; it gives way to others between slices. */
const MAX_BATCH_MS = 10_000;

const handler = route({
  summary: 'Judge answers to a logic task',
  description:
    'Up to 1,000 responses with the rows of their puzzles. Needs no token and stores nothing. A batch has 10 s: what it does not reach is unverifiable and has no reward. A client may send 1,200 batches a minute.',
  params: LogicTaskParams,
  response: LogicVerifyResponse,
  async handle({ params, request, viewer }) {
    const task = getLogicTask(params.task);
    requests.require(viewer?.tokenId ?? addressOf(request), 'batches to judge');
    const { items, mode, reward } = await readLargeJson(request, LogicVerifyRequest, LIMITS);
    const deadline = performance.now() + MAX_BATCH_MS;
    const results = await judgePuzzles(task, items, {
      mode,
      reward,
      isOver: () => performance.now() > deadline,
      giveWay: () => new Promise((resolve) => setImmediate(resolve)),
    });
    const unreached = results.filter(({ isReached }) => !isReached).length;
    return { task: taskKey(task), version: task.version, mode, results, unreached };
  },
});

/** The body is read above, because it may be larger than those of other routes; the description has its schema. */
export const POST = Object.assign(handler, {
  definition: { ...handler.definition, body: LogicVerifyRequest },
});

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
