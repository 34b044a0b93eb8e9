import { z } from 'zod';
import { BoardQuery } from './board.ts';
import { TrustLevel } from './identifiers.ts';

export const FrontQuery = z
  .strictObject({
    ...BoardQuery.shape,
    include: z
      .enum(['comparable', 'foreign'])
      .default('comparable')
      .describe(
        'foreign: take in runs whose traces are hidden or whose lengths another counter made. They keep their mark.',
      ),
    referenceTokens: z.coerce
      .number()
      .positive()
      .optional()
      .describe('Corner of the hypervolume; without it the one of the benchmark.'),
    referenceAccuracy: z.coerce.number().min(0).max(1).optional().describe('A fraction.'),
  })
  .meta({ id: 'FrontQuery' });
export type FrontQuery = z.infer<typeof FrontQuery>;

const number = z.number().nullable();
const Interval = z.object({
  low: z.number(),
  high: z.number(),
  level: z.number(),
  method: z.string(),
});
const Volume = z
  .object({ linear: number, log: number })
  .describe('Accuracy as a fraction × tokens, or × the natural logarithm of tokens.');
const BothWays = z.object({ ab: number, ba: number });

export const FrontRun = z
  .object({
    runId: z.string(),
    label: z.string(),
    model: z.string(),
    family: z.string().nullable(),
    trust: TrustLevel,
    tokens: z.number(),
    accuracy: z.number(),
    mark: z.string().nullable().describe('Why its length may not compare with the others.'),
    isIncluded: z.boolean().describe('False: kept out because of its mark.'),
    isOnFront: z.boolean().nullable(),
    dominatedBy: z
      .array(z.object({ runId: z.string(), label: z.string() }))
      .describe('Runs of the front that are no worse on both axes and better on one.'),
    probability: number.describe(
      'Share of the shared item resamples in which the run is on the front of all resampled runs.',
    ),
    probabilityReason: z.string().nullable().describe('Why there is none; null beside one.'),
  })
  .meta({ id: 'FrontRun' });
export type FrontRun = z.infer<typeof FrontRun>;

export const Front = z
  .object({
    benchmark: z
      .object({ id: z.string(), title: z.string(), benchmarkIds: z.array(z.string()) })
      .nullable(),
    column: z.string().nullable(),
    lengthLabel: z.string(),
    include: z.enum(['comparable', 'foreign']),
    reference: z
      .object({
        tokens: z.number(),
        accuracy: z.number(),
        source: z.enum(['asked', 'benchmark', 'base-run', 'first-run']),
      })
      .nullable()
      .describe(
        'Fixed for the benchmark version. Points at or beyond it count nothing. base-run: the length of the oldest base model.',
      ),
    runs: z.array(FrontRun).describe('From few tokens to many.'),
    front: z.array(z.string()),
    band: z
      .array(z.object({ tokens: z.number(), low: number, median: number, high: number }))
      .describe(
        'The accuracy that the front of the resampled runs reaches within the tokens in 97.5, 50 and 2.5 % of the resamples.',
      ),
    hypervolume: Volume.nullable(),
    points: z.int().describe('Runs that the front is over.'),
    families: z.array(
      z.object({
        model: z.string(),
        family: z.string(),
        parameter: z.string().nullable(),
        runIds: z.array(z.string()),
        points: z.int(),
        hypervolume: Volume.nullable(),
        interval: z
          .object({ linear: Interval.nullable(), log: Interval.nullable() })
          .nullable()
          .describe('Null where a run of the family could not be resampled.'),
      }),
    ),
    pairs: z
      .array(
        z.object({
          model: z.string(),
          a: z.string(),
          b: z.string(),
          epsilon: BothWays.describe(
            'By how much one must improve to cover the other, in shares of the reference tokens and of full accuracy.',
          ),
          coverage: BothWays.describe('Share of the other that one weakly dominates.'),
        }),
      )
      .describe('Families of one model, two by two.'),
    curves: z.array(
      z.object({
        id: z.enum(['accuracy-per-1k', 'e3']),
        label: z.string(),
        formula: z.string(),
        constants: z.array(z.number()),
      }),
    ),
    resampling: z.object({
      seed: z.string(),
      draws: z.int(),
      runs: z.int().describe('That took part; published figures have no items to resample.'),
      reason: z.string().nullable().describe('Why nothing was resampled.'),
    }),
  })
  .meta({ id: 'Front' });
export type Front = z.infer<typeof Front>;
