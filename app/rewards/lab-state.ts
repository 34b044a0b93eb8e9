import { parseAsArrayOf, parseAsInteger, parseAsJson, parseAsString } from 'nuqs';
import { z } from 'zod';
import { rewards } from '#lib/rewards/index.ts';
import type { Reward, RewardSample } from '#lib/rewards/reward.ts';

export const LAB_DEFAULT = ['laser', 'arora-zanette', 'l1-max', 'cosine'];
const GROUP_DEFAULT = { right: [900, 1500, 2600, 5200], wrong: [3100, 4000, 7000] };

const Overrides = z.record(z.string(), z.record(z.string(), z.unknown()));
export type Overrides = z.infer<typeof Overrides>;

/** All of the lab stands in the address: a copied link shows the same curves. */
export const labState = {
  rewards: parseAsArrayOf(parseAsString).withDefault(LAB_DEFAULT),
  set: parseAsJson((value) => Overrides.safeParse(value).data ?? null).withDefault({}),
  right: parseAsArrayOf(parseAsInteger).withDefault(GROUP_DEFAULT.right),
  wrong: parseAsArrayOf(parseAsInteger).withDefault(GROUP_DEFAULT.wrong),
  to: parseAsInteger.withDefault(16_384),
  run: parseAsString,
};

/** In the order of the registry; names that are not in it are passed over. */
export function chosenRewards(ids: readonly string[]): Reward[] {
  return rewards.all.filter(({ id }) => ids.includes(id));
}

/** What the address says where it is valid, else the defaults. */
export function parametersOf(
  reward: Reward,
  overrides: Overrides,
): { given: Record<string, unknown>; isValid: boolean } {
  const given = overrides[reward.id] ?? {};
  return reward.parameters.safeParse(given).success
    ? { given, isValid: true }
    : { given: {}, isValid: false };
}

const COLOURS = [1, 2, 3, 4, 5, 7, 6, 0, 8] as const;

/** By its place in the registry, so that a reward keeps its colour when others come and go. */
export function colourOf(reward: Reward): string {
  const place = rewards.all.findIndex(({ id }) => id === reward.id);
  return `var(--family-${String(COLOURS[place % COLOURS.length] ?? 8)})`;
}

/** The other answers of the group in which the curves are drawn. */
export function othersOf(right: readonly number[], wrong: readonly number[]): RewardSample[] {
  const plain = { hasAnswer: true, isCut: false, isLoop: false };
  const toSample =
    (isCorrect: boolean) =>
    (tokens: number): RewardSample => ({
      ...{ tokens, isCorrect, ...plain },
      // Where its first right answer stands is not part of the picture: taken to be its middle.
      firstCorrectTokens: isCorrect ? tokens / 2 : null,
    });
  return [...right.map(toSample(true)), ...wrong.map(toSample(false))];
}
