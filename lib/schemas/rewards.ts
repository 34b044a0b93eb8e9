import { z } from 'zod';
import { Uuid } from './identifiers.ts';

export const RewardsRequest = z
  .strictObject({
    run: Uuid,
    rewards: z
      .array(
        z.strictObject({
          id: z.string().max(64),
          parameters: z.record(z.string(), z.unknown()).default({}),
        }),
      )
      .min(1)
      .max(13)
      .describe('In the order of the answer; parameters that are left out have their defaults.'),
    limit: z
      .int()
      .min(0)
      .max(500)
      .default(100)
      .describe('Samples to list, those that the methods disagree on most first.'),
  })
  .meta({ id: 'RewardsRequest' });
export type RewardsRequest = z.infer<typeof RewardsRequest>;

const figure = z.number().nullable();

export const RewardsResponse = z
  .object({
    run: z.object({ id: Uuid, label: z.string(), benchmark: z.string() }),
    column: z.string().describe('Who counted the tokens.'),
    items: z.int(),
    samples: z.int(),
    leftOut: z.int().describe('Samples without a verdict or of unknown length.'),
    methods: z.array(
      z.object({
        id: z.string(),
        parameters: z.record(z.string(), z.unknown()),
        valued: z.int(),
        meanRight: figure,
        meanWrong: figure,
        rightRewarded: figure.describe('Of the right samples with an advantage, those above 0.'),
        wrongPunished: figure.describe('Of the wrong samples with an advantage, those below 0.'),
        tokensPull: figure.describe(
          'Mean tokens of rewarded samples less those of punished ones: below 0 pulls to shorter answers.',
        ),
      }),
    ),
    correlatedBy: z.enum(['advantages', 'rewards']),
    correlations: z.array(z.array(figure)).describe("Spearman's ρ, in the order of the methods."),
    targets: z
      .array(
        z.object({
          band: z.enum(['easy', 'medium', 'hard']),
          items: z.int(),
          responses: z.int(),
          target: figure,
        }),
      )
      .describe('What ECR of LASER-D chooses; empty for fewer than four samples an item.'),
    list: z.array(
      z.object({
        itemKey: z.string(),
        sampleIndex: z.int(),
        outcome: z.string(),
        tokens: z.int(),
        rewards: z.array(figure),
        advantages: z.array(figure),
        disagreement: figure,
      }),
    ),
  })
  .meta({ id: 'RewardsResponse' });
export type RewardsResponse = z.infer<typeof RewardsResponse>;

export const RewardCatalogue = z
  .object({
    rewards: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        label: z.string(),
        description: z.string(),
        family: z.string(),
        formula: z.string(),
        source: z.string(),
        isGroupDependent: z.boolean(),
        parameters: z.record(z.string(), z.unknown()).describe('As JSON Schema.'),
      }),
    ),
  })
  .meta({ id: 'RewardCatalogue' });
export type RewardCatalogue = z.infer<typeof RewardCatalogue>;
