import { adaptiveTargetOf, certainCorrectOf } from '#lib/metrics/run/expected-correct.ts';
import { BANDS, type Band } from '#lib/redundancy/profile/difficulty-bands.ts';
import { groupAdvantages } from '../group/advantage.ts';
import type { Reward, RewardSample } from '../reward.ts';
import { rankCorrelation } from './rank-correlation.ts';

export interface LabSample extends RewardSample {
  itemKey: string;
  sampleIndex: number;
  outcome: string;
}

/** A reward with its parameters as parsed. */
export interface ChosenReward {
  reward: Reward;
  parameters: unknown;
}

export interface MethodResult {
  id: string;
  /** Samples that the method gives a value. */
  valued: number;
  meanRight: number | null;
  meanWrong: number | null;
  /** Of the valued samples of groups with an advantage: right ones above the mean of their group, wrong ones below it. */
  rightRewarded: number | null;
  wrongPunished: number | null;
  /** Mean tokens of what is rewarded less mean tokens of what is punished: below 0 the method pulls to shorter answers. */
  tokensPull: number | null;
}

export interface EvaluatedSample {
  itemKey: string;
  sampleIndex: number;
  outcome: string;
  tokens: number;
  rewards: (number | null)[];
  advantages: (number | null)[];
  /** Largest less smallest advantage among the methods; null where fewer than two give one. */
  disagreement: number | null;
}

export interface BandTarget {
  band: Band;
  items: number;
  responses: number;
  /** What ECR chooses with |C| as in the paper; null without responses. */
  target: number | null;
}

export interface EvaluatedRun {
  methods: MethodResult[];
  /** Spearman's ρ of the samples' advantages, method by method; of their rewards where no group has two samples. */
  correlations: (number | null)[][];
  correlatedBy: 'advantages' | 'rewards';
  samples: EvaluatedSample[];
  targets: BandTarget[];
}

/** Rewards over the stored samples of a run, an item's samples being a group. */
export function evaluateRun(
  groups: readonly (readonly LabSample[])[],
  chosen: readonly ChosenReward[],
): EvaluatedRun {
  const samples = groups.flatMap((group) => evaluateGroup(group, chosen));
  const hasGroups = groups.some((group) => group.length > 1);
  const columnOf = (at: number): (number | null)[] =>
    samples.map((sample) => (hasGroups ? sample.advantages : sample.rewards)[at] ?? null);
  const columns = chosen.map((_, at) => columnOf(at));
  return {
    methods: chosen.map(({ reward }, at) => toMethod(reward.id, at, samples)),
    correlations: columns.map((left) => columns.map((right) => rankCorrelation(left, right))),
    correlatedBy: hasGroups ? 'advantages' : 'rewards',
    samples,
    targets: ecrTargets(groups),
  };
}

function evaluateGroup(
  group: readonly LabSample[],
  chosen: readonly ChosenReward[],
): EvaluatedSample[] {
  const rewards = chosen.map(({ reward, parameters }) =>
    reward.evaluate(group, parameters).map((term) => term?.reward ?? null),
  );
  const advantages = rewards.map((values) => groupAdvantages(values));
  return group.map(({ itemKey, sampleIndex, outcome, tokens }, index) => {
    const own = advantages.map((values) => values[index] ?? null);
    const known = own.filter((value) => value !== null);
    return {
      ...{ itemKey, sampleIndex, outcome, tokens },
      rewards: rewards.map((values) => values[index] ?? null),
      advantages: own,
      disagreement: known.length < 2 ? null : Math.max(...known) - Math.min(...known),
    };
  });
}

function toMethod(id: string, at: number, samples: readonly EvaluatedSample[]): MethodResult {
  const right: number[] = [];
  const wrong: number[] = [];
  const moved = { right: 0, rightUp: 0, wrong: 0, wrongDown: 0 };
  const [up, down]: [number[], number[]] = [[], []];
  for (const { outcome, rewards, advantages, tokens } of samples) {
    const reward = rewards[at] ?? null;
    const advantage = advantages[at] ?? 0;
    if (reward === null) continue;
    const isRight = outcome === 'correct';
    (isRight ? right : wrong).push(reward);
    if (advantage === 0) continue;
    (advantage > 0 ? up : down).push(tokens);
    if (isRight) {
      moved.right += 1;
      moved.rightUp += Number(advantage > 0);
    } else {
      moved.wrong += 1;
      moved.wrongDown += Number(advantage < 0);
    }
  }
  const [upMean, downMean] = [mean(up), mean(down)];
  return {
    id,
    valued: right.length + wrong.length,
    meanRight: mean(right),
    meanWrong: mean(wrong),
    rightRewarded: moved.right === 0 ? null : moved.rightUp / moved.right,
    wrongPunished: moved.wrong === 0 ? null : moved.wrongDown / moved.wrong,
    tokensPull: upMean === null || downMean === null ? null : upMean - downMean,
  };
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const GRID = { lower: 1024, upper: 16_384, interval: 1024 };

/** By the success of the groups themselves, as LASER-D's monitor does it; needs four samples an item to mean anything. */
function ecrTargets(groups: readonly (readonly LabSample[])[]): BandTarget[] {
  const samples = Math.min(...groups.map((group) => group.length));
  if (groups.length === 0 || samples < 4) return [];
  return BANDS.map((band) => {
    const inside = groups.filter((group) => bandOfGroup(group) === band);
    const lengths = inside.flatMap((group) => group.map(({ tokens }) => tokens));
    const certainCorrect = certainCorrectOf(band, samples, 'ceil');
    const target = adaptiveTargetOf({ lengths, certainCorrect }, GRID)?.target ?? null;
    return { band, items: inside.length, responses: lengths.length, target };
  });
}

function bandOfGroup(group: readonly RewardSample[]): Band {
  const correct = group.filter(({ isCorrect }) => isCorrect).length;
  if (3 * correct >= 2 * group.length) return 'easy';
  return 3 * correct >= group.length ? 'medium' : 'hard';
}
