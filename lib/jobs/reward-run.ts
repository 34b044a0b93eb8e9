import type { Db } from '#lib/db/client.ts';
import { readRewardGroups } from '#lib/db/reward-samples.ts';
import { findRun } from '#lib/db/runs.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import { AppError } from '#lib/errors.ts';
import { rewards } from '#lib/rewards/index.ts';
import { evaluateRun, type ChosenReward } from '#lib/rewards/lab/evaluate-run.ts';
import type { RewardsRequest, RewardsResponse } from '#lib/schemas/rewards.ts';

/** What each reward pays for the stored samples of a run, an item being a group. Throws `not_found` and `invalid_input`. */
export async function rewardsOfRun(
  db: Db,
  request: RewardsRequest,
  viewer: Viewer,
): Promise<RewardsResponse> {
  const chosen = request.rewards.map(toChosen);
  const [scope, run] = await Promise.all([
    findSampleScope(db, request.run, viewer),
    findRun(db, { id: request.run }, viewer),
  ]);
  if (scope === null || run === null) throw new AppError('not_found', 'There is no such run.');
  const { groups, leftOut } = await readRewardGroups(db, scope);
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
      .slice(0, request.limit),
  };
}

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
