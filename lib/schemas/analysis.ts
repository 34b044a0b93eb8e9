import { z } from 'zod';
import { Uuid } from './identifiers.ts';

export const Interval = z.object({
  low: z.number(),
  high: z.number(),
  level: z.number(),
  method: z.string().describe('How the interval was made.'),
});

export const MetricInfo = z
  .object({
    id: z.string(),
    version: z.int(),
    label: z.string(),
    description: z.string(),
    formula: z.string(),
    source: z.string(),
    direction: z.enum(['higher', 'lower', 'none']).describe('What is better; none: not a quality.'),
    unit: z.enum(['share', 'points', 'tokens', 'ratio', 'score', 'dollars']),
    needs: z.array(z.string()).describe('What a run must know for it.'),
    isPoolDependent: z.boolean().describe('The value changes when other runs join.'),
    intervalMethod: z.enum(['item-means', 'bootstrap-items', 'none']),
    options: z.unknown().describe('As JSON Schema, with defaults.'),
  })
  .meta({ id: 'MetricInfo' });
export type MetricInfo = z.infer<typeof MetricInfo>;

export const MetricList = z.object({ metrics: z.array(MetricInfo) }).meta({ id: 'MetricList' });

const MetricValue = z
  .object({
    metric: z.string(),
    version: z.int(),
    label: z.string(),
    unit: z.string(),
    direction: z.string(),
    options: z.unknown().describe('With defaults filled in: they belong to the value.'),
    value: z.number().nullable(),
    reason: z.string().nullable().describe('Why there is no value; null beside one.'),
    interval: Interval.nullable(),
    intervalReason: z.string().nullable(),
    items: z.int(),
    notes: z.array(z.string()),
  })
  .meta({ id: 'MetricValue' });

const ProfileValue = z.object({
  value: z.number().nullable(),
  reason: z.string().nullable(),
  interval: Interval.nullable(),
});

export const RunMetrics = z
  .object({
    runId: Uuid,
    label: z.string(),
    verifier: z.string(),
    lengthColumn: z.string().nullable(),
    baseRunId: Uuid.nullable().describe('The run that AES and its like are measured against.'),
    items: z.int(),
    samples: z.object({ least: z.int(), most: z.int(), total: z.int() }),
    outcomes: z.record(z.string(), z.int()),
    metrics: z.array(MetricValue),
    profile: z.array(
      z.object({
        part: z
          .enum(['all', 'easy', 'medium', 'hard'])
          .describe('By how often the run itself solves an item.'),
        accuracy: ProfileValue,
        tokens: ProfileValue,
        redundant: ProfileValue,
        outcomeEfficiency: ProfileValue,
        underthinking: ProfileValue,
        switchesOther: ProfileValue,
        switchesCorrect: ProfileValue,
      }),
    ),
    seed: z.string().describe('Of every bootstrap in this answer.'),
    draws: z.int(),
  })
  .meta({ id: 'RunMetrics' });
export type RunMetrics = z.infer<typeof RunMetrics>;

const RunList = z
  .string()
  .transform((text) => text.split(',').filter((id) => id !== ''))
  .pipe(
    z
      .array(Uuid)
      .min(2, 'must name at least two runs')
      .max(8, 'must name at most eight runs')
      .refine((ids) => new Set(ids).size === ids.length, 'must name each run once'),
  )
  .describe('Two to eight ids, separated by commas; the others are compared with the first.');

export const CompareQuery = z
  .strictObject({
    runs: RunList,
    items: z
      .enum(['equal', 'intersect'])
      .default('equal')
      .describe('intersect: leave out items that only one side has, and say how many.'),
    column: z.string().max(64).optional().describe('Lengths: `reported` or a tokenizer.'),
  })
  .meta({ id: 'CompareQuery' });

const Flip = z.object({
  itemKey: z.string(),
  accuracyA: z.number(),
  accuracyB: z.number(),
  tokensA: z.number().nullable(),
  tokensB: z.number().nullable(),
});

const RunName = z.object({ id: Uuid, label: z.string() });

export const RunComparison = z
  .object({
    a: RunName,
    b: RunName,
    paired: z
      .object({
        items: z.int(),
        onlyInA: z.int(),
        onlyInB: z.int(),
        meanA: z.number(),
        meanB: z.number(),
        difference: z.number(),
        standardError: z.number().nullable(),
        z: z.number().nullable(),
        interval: Interval.nullable(),
        unpairedError: z.number().nullable(),
        correlation: z.number().nullable(),
        betterA: z.int(),
        betterB: z.int(),
      })
      .describe('Differences are B − A, in fractions.'),
    table: z
      .object({ both: z.int(), onlyA: z.int(), onlyB: z.int(), neither: z.int() })
      .nullable()
      .describe('Null where items have several samples.'),
    test: z.object({
      method: z.enum(['mcnemar-exact', 'sign-flip']),
      isExact: z.boolean(),
      p: z.number().nullable(),
    }),
    adjustedP: z.number().nullable().describe('By Holm over the comparisons of this answer.'),
    family: z.int(),
    smallestDetectable: z
      .number()
      .nullable()
      .describe('The smallest true difference that such a test finds with a power of 80 %.'),
    tokens: z
      .object({
        items: z.int(),
        excluded: z.int(),
        ratio: z.number().describe('Geometric mean of B ÷ A over items.'),
        median: z.number(),
        interval: Interval.nullable(),
      })
      .nullable(),
    tokensReason: z.string().nullable(),
    flips: z
      .array(Flip)
      .describe('Items whose success differs, the largest saving of tokens first; at most 500.'),
    flipCount: z.int(),
    seed: z.string(),
    draws: z.int(),
  })
  .meta({ id: 'RunComparison' });
export type RunComparison = z.infer<typeof RunComparison>;

export const Comparison = z
  .object({
    benchmark: z.object({ id: Uuid, title: z.string(), hasHiddenGold: z.boolean() }).nullable(),
    runs: z.array(
      RunName.extend({
        model: z.string(),
        accuracy: z.number(),
        tokens: z.number().nullable(),
        lengthColumn: z.string().nullable(),
        verifier: z.string(),
        isOnFront: z.boolean(),
        probability: z.number().nullable(),
      }),
    ),
    comparisons: z.array(RunComparison),
  })
  .meta({ id: 'Comparison' });
export type Comparison = z.infer<typeof Comparison>;

export const PoolQuery = z
  .strictObject({
    runs: RunList.describe('Two to eight ids, separated by commas: the pool.'),
    column: z.string().max(64).optional().describe('Lengths: `reported` or a tokenizer.'),
  })
  .meta({ id: 'PoolQuery' });

/** What a run is worth beside others: the values change with the pool, which therefore stands in the answer. */
export const PoolMetrics = z
  .object({
    pool: z.array(RunName),
    lengthColumn: z.string().nullable(),
    metrics: z.array(
      z.object({
        metric: z.string(),
        version: z.int(),
        label: z.string(),
        unit: z.string(),
        direction: z.string(),
        values: z.array(
          z.object({
            runId: Uuid,
            value: z.number().nullable(),
            reason: z.string().nullable(),
            interval: Interval.nullable(),
            notes: z.array(z.string()),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'PoolMetrics' });
export type PoolMetrics = z.infer<typeof PoolMetrics>;
