import { z } from 'zod';
import { addressOf } from '#app/api/v1/verify/client-address.ts';
import { db } from '#lib/db/client.ts';
import { RateLimiter } from '#lib/http/rate-limit.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { rewardsOfRun } from '#lib/jobs/reward-run.ts';
import { rewards } from '#lib/rewards/index.ts';
import { RewardCatalogue, RewardsRequest, RewardsResponse } from '#lib/schemas/rewards.ts';

export const dynamic = 'force-dynamic';

/** Each one may read a hundred thousand rows. */
const requests = new RateLimiter({ limit: 60, windowSeconds: 60 });

export const GET = route({
  summary: 'Length-based rewards',
  description: 'Every reward with its formula, source and parameters.',
  response: RewardCatalogue,
  handle: () =>
    Promise.resolve({
      rewards: rewards.all.map((reward) => ({
        id: reward.id,
        version: reward.version,
        label: reward.label,
        description: reward.description,
        family: reward.family,
        formula: reward.formula,
        source: reward.source,
        isGroupDependent: reward.isGroupDependent,
        parameters: z.toJSONSchema(reward.parameters, { io: 'input' }),
      })),
    }),
});

export const POST = route({
  summary: 'Rewards over the samples of a run',
  description:
    'What each reward pays for the stored samples, an item being a group: rewards, GRPO advantages, rank correlations between the methods, and the targets that ECR would choose by band of difficulty. A client may ask 60 times a minute.',
  body: RewardsRequest,
  response: RewardsResponse,
  async handle({ body, viewer, request }) {
    requests.require(viewer?.tokenId ?? addressOf(request), 'rewards');
    return rewardsOfRun(db(), body, viewer);
  },
});

export const { PUT, PATCH, DELETE } = refuseMethodsBut('GET', 'POST');
