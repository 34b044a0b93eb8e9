import { z } from 'zod';
import { Interval } from './analysis.ts';
import { BoardQuery } from './board.ts';

export const BoardMetricQuery = z
  .strictObject({
    ...BoardQuery.shape,
    metric: z
      .string()
      .min(1)
      .max(200)
      .describe(
        'Id of a metric, with options where the defaults do not do: `reg`, `aes`, `pass-at-k?k=8`.',
      ),
  })
  .meta({ id: 'BoardMetricQuery' });
export type BoardMetricQuery = z.infer<typeof BoardMetricQuery>;

/** One metric of every run of a board. */
export const BoardMetric = z
  .object({
    metric: z.string().describe('As it was asked for.'),
    version: z.int(),
    label: z.string(),
    description: z.string(),
    unit: z.string(),
    direction: z.enum(['higher', 'lower', 'none']).describe('What is better; none: not a quality.'),
    isPoolDependent: z.boolean(),
    pool: z.int().describe('Runs whose outputs the values are computed from.'),
    note: z.string().describe('What the values are over or measured against.'),
    values: z
      .array(
        z.object({
          runId: z.string(),
          value: z.number().nullable(),
          reason: z.string().nullable().describe('Why there is no value; null beside one.'),
          interval: Interval.nullable(),
          notes: z.array(z.string()),
        }),
      )
      .describe('In the order of the board.'),
  })
  .meta({ id: 'BoardMetric' });
export type BoardMetric = z.infer<typeof BoardMetric>;
