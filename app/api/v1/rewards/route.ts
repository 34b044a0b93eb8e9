import { z } from 'zod';
import { addressOf } from '#app/api/v1/verify/client-address.ts';
import { db } from '#lib/db/client.ts';
import { readRewardGroups } from '#lib/db/reward-samples.ts';
import { findRun } from '#lib/db/runs.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { AppError } from '#lib/errors.ts';
import { RateLimiter } from '#lib/http/rate-limit.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { rewards } from '#lib/rewards/index.ts';
import { evaluateRun, type ChosenReward } from '#lib/rewards/lab/evaluate-run.ts';
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
    const chosen = body.rewards.map(toChosen);
    const [scope, run] = await Promise.all([
      findSampleScope(db(), body.run, viewer),
      findRun(db(), { id: body.run }, viewer),
    ]);
    if (scope === null || run === null) throw new AppError('not_found', 'There is no such run.');
    const { groups, leftOut } = await readRewardGroups(db(), scope);
    const { samples, methods, ...result } = evaluateRun(groups, chosen);
    return {
      run: { id: run.id, label: run.label, benchmark: run.benchmark.title },
      column: scope.column,
      items: groups.length,
      samples: samples.length,
      leftOut,
      ...result,
      methods: methods.map((method, at) => ({
        ...method,
        // Parameters are an object of settings, as the contract test of the rewards holds.
        parameters: chosen[at]?.parameters as Record<string, unknown>,
      })),
      list: samples
        .sort((a, b) => (b.disagreement ?? -1) - (a.disagreement ?? -1))
        .slice(0, body.limit),
    };
  },
});

function toChosen(
  { id, parameters }: RewardsRequest['rewards'][number],
  index: number,
): ChosenReward {
  const pointer = `/rewards/${String(index)}`;
  if (!rewards.has(id)) {
    const known = rewards.all.map((reward) => reward.id).join(', ');
    const message = `There is no reward "${id}". Known: ${known}.`;
    throw new AppError('invalid_input', message, {
      details: [{ pointer: `${pointer}/id`, code: 'unknown', message }],
    });
  }
  const reward = rewards.get(id);
  const parsed = reward.parameters.safeParse(parameters);
  if (parsed.success) return { reward, parameters: parsed.data };
  throw new AppError('invalid_input', `The parameters do not fit the reward ${id}.`, {
    details: parsed.error.issues.map(({ path, code, message }) => ({
      pointer: [`${pointer}/parameters`, ...path.map(String)].join('/'),
      code,
      message,
    })),
  });
}

export const { PUT, PATCH, DELETE } = refuseMethodsBut('GET', 'POST');
