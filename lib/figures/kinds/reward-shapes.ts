import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { rewardCurve } from '#lib/rewards/group/reward-curve.ts';
import { rewards } from '#lib/rewards/index.ts';
import { DataReader, NO_FACTS, toFigureData, type FigureData } from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import { numberAxis, type Plot } from '../plot.ts';
import { axisEnds, type FigureSpec } from '../spec.ts';

const Query = z.strictObject({
  rewards: z
    .array(
      z.strictObject({
        id: z.string().max(64),
        parameters: z.record(z.string(), z.unknown()).default({}),
        name: z.string().max(120).optional(),
      }),
    )
    .min(1)
    .max(12),
  maxTokens: z.int().min(16).max(1_000_000).default(8192),
  points: z.int().min(8).max(400).default(129),
  others: z
    .array(z.strictObject({ tokens: z.int().min(0), isCorrect: z.boolean() }))
    .max(64)
    .default([])
    .describe('The other answers of the group, for rewards that look at it.'),
});
type Query = z.infer<typeof Query>;

const COLUMNS = {
  panel: 'number',
  is_correct: 'number',
  series: 'text',
  reward_id: 'text',
  tokens: 'number',
  reward: 'number',
} as const;

/** What a length-based reward pays a right and a wrong answer by its length. */
export const rewardShapes: FigureKind<Query> = {
  id: 'reward-shapes',
  label: 'Reward shapes',
  description:
    'The reward of a right and of a wrong answer against its length, for any of the rewards of this installation.',
  query: Query,
  example: { rewards: [{ id: 'laser', parameters: { target: 4096 } }, { id: 'l1-exact' }] },
  resolve: (query) => Promise.resolve(toData(query)),
  form: { type: 'chart', plot: toPlot },
};

function toData({ rewards: chosen, maxTokens, points, others }: Query): FigureData {
  const lengths = Array.from({ length: points }, (_, index) =>
    Math.round(1 + ((maxTokens - 1) * index) / (points - 1)),
  );
  const group = others.map((one) => ({
    ...one,
    hasAnswer: true,
    isCut: false,
    isLoop: false,
    firstCorrectTokens: one.isCorrect ? one.tokens / 2 : null,
  }));
  const records = [true, false].flatMap((isCorrect, panel) =>
    chosen.flatMap(({ id, parameters, name }) => {
      const reward = rewards.get(id);
      const parsed = reward.parameters.safeParse(parameters);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new AppError(
          'invalid_input',
          `The parameters of ${id} are not valid: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
        );
      }
      const plain = { isCorrect, hasAnswer: true, isCut: false, isLoop: false };
      return lengths
        .flatMap((length) =>
          rewardCurve(reward, parameters, {
            lengths: [length],
            // Where a right answer first stands is not part of the picture: taken to be its middle.
            answer: { ...plain, firstCorrectTokens: isCorrect ? length / 2 : null },
            others: group,
          }),
        )
        .map(([tokens, value]) => ({
          panel: panel + 1,
          is_correct: Number(isCorrect),
          series: name ?? reward.label,
          reward_id: id,
          tokens,
          reward: value,
        }));
    }),
  );
  const sources = [...new Set(chosen.map(({ id }) => rewards.get(id).source))];
  return toFigureData(COLUMNS, records, {
    ...NO_FACTS,
    subject: `Reward of a right (left) and of a wrong answer (right) against its length${others.length > 0 ? `, in a group with ${others.length} others` : ''}`,
    notes: [`Sources: ${sources.join('; ')}.`],
  });
}

function toPlot(data: FigureData, _query: Query, spec: FigureSpec): Plot {
  const reader = new DataReader(data);
  const names = reader.distinct('series').map(String);
  return {
    series: names.map((name, order) => ({ name, order, isBase: false, sign: 'line' })),
    panels: reader.distinct('panel').map((panel) => ({
      title: panel === 1 ? 'Right answer' : 'Wrong answer',
      x: {
        ...numberAxis('Tokens', 'tokens', { scale: spec.x.scale ?? 'linear', hasZero: true }),
        ...axisEnds(spec.x),
      },
      y: { ...numberAxis(panel === 1 ? 'Reward' : '', 'number'), ...axisEnds(spec.y) },
      y2: null,
      layers: names.map((name, index) => ({
        mark: 'line',
        rows: reader.rows(
          (row) => reader.cell(row, 'panel') === panel && reader.text(row, 'series') === name,
        ),
        series: index,
        x: 'tokens',
        y: 'reward',
        path: 'straight',
        isSecondary: false,
        dash: 'look',
      })),
    })),
  };
}
