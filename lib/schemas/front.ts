import { z } from 'zod';
import { Interval, RunComparison } from './analysis.ts';
import { BoardQuery } from './board.ts';

export const FrontQuery = BoardQuery.extend({
  include: z
    .enum(['comparable', 'foreign'])
    .default('comparable')
    .describe(
      'foreign: also runs whose lengths another counter made, or whose reasoning is not shown in full.',
    ),
  referenceTokens: z.coerce
    .number()
    .positive()
    .max(1e9)
    .optional()
    .describe('The corner of the hypervolume; without it the longest of these runs.'),
  referenceAccuracy: z.coerce.number().min(0).max(1).default(0),
}).meta({ id: 'FrontQuery' });
export type FrontQuery = z.infer<typeof FrontQuery>;

const Volumes = {
  linear: z.number().nullable().describe('Accuracy (0 to 1) × tokens.'),
  log: z
    .number()
    .nullable()
    .describe('Accuracy × natural logarithm of tokens; null with a run of zero tokens.'),
};

export const Front = z
  .object({
    benchmark: z.object({ id: z.string(), title: z.string() }).nullable(),
    lengthLabel: z.string(),
    reference: z
      .object({
        tokens: z.number(),
        accuracy: z.number(),
        source: z.enum(['asked', 'longest run']),
      })
      .nullable()
      .describe('Null when no run has a place.'),
    runs: z.array(
      z.object({
        runId: z.string(),
        label: z.string(),
        model: z.string(),
        family: z.string().nullable(),
        accuracy: z.number().nullable(),
        tokens: z.number().nullable(),
        isOnFront: z.boolean(),
        probability: z
          .number()
          .nullable()
          .describe('Share of shared resamples of the items in which the run is on the front.'),
        probabilityReason: z.string().nullable(),
        dominatedBy: z.array(z.string()).describe('Ids of runs of the front.'),
        excluded: z.string().nullable().describe('Why it takes no part; null when it does.'),
      }),
    ),
    hypervolume: z.object({ ...Volumes, points: z.int() }).nullable(),
    families: z.array(
      z.object({
        family: z.string(),
        runs: z.int(),
        onFront: z.int(),
        hypervolume: z.object(Volumes),
        epsilon: z
          .number()
          .nullable()
          .describe('How much it must improve, in shares of the reference, to cover the front.'),
        covers: z.array(z.object({ family: z.string(), share: z.number().nullable() })),
      }),
    ),
    band: z
      .array(
        z.object({
          tokens: z.number(),
          low: z.number().nullable(),
          median: z.number().nullable(),
          high: z.number().nullable(),
        }),
      )
      .describe('What the front of the judged runs attains within so many tokens, 95 %.'),
    bandReason: z.string().nullable(),
    seed: z.string(),
    draws: z.int(),
  })
  .meta({ id: 'Front' });
export type Front = z.infer<typeof Front>;

export const SeriesQuery = z
  .strictObject({
    benchmark: z.string().min(1).max(2000).describe('Name, name@version or id.'),
    split: z.string().max(200).optional(),
    family: z.string().min(1).max(200),
    model: z.string().max(200).optional().describe('Where several models have such a family.'),
    parameter: z
      .string()
      .max(64)
      .optional()
      .describe('Without it: the number that most of the runs differ in.'),
    reference: z.string().max(64).optional().describe('Id of a run; without it the least value.'),
    column: z.string().max(64).optional(),
  })
  .meta({ id: 'SeriesQuery' });
export type SeriesQuery = z.infer<typeof SeriesQuery>;

export const Series = z
  .object({
    benchmark: z.object({ id: z.string(), title: z.string() }),
    family: z.string(),
    model: z.string(),
    parameter: z.string(),
    lengthLabel: z.string(),
    points: z.array(
      z.object({
        runId: z.string(),
        label: z.string(),
        value: z.number(),
        accuracy: z.number(),
        accuracyInterval: Interval.nullable(),
        tokens: z.number().nullable(),
        tokensInterval: Interval.nullable(),
        clipRatio: z.number().nullable(),
        reflectionsPer1kTokens: z.number().nullable(),
        isReference: z.boolean(),
        isBest: z.boolean(),
        comparison: RunComparison.omit({ flips: true, flipCount: true }).nullable(),
      }),
    ),
    omitted: z.array(z.object({ label: z.string(), reason: z.string() })),
    cochran: z
      .object({ q: z.number(), degrees: z.int(), p: z.number(), discordant: z.int() })
      .nullable(),
    cochranReason: z.string().nullable(),
    oracleAccuracy: z.number().describe('Choosing the best value for each item: an upper bound.'),
    seed: z.string(),
    draws: z.int(),
  })
  .meta({ id: 'Series' });
export type Series = z.infer<typeof Series>;
