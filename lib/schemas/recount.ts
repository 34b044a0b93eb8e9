import { z } from 'zod';
import { Uuid } from './identifiers.ts';

export const RecountRequest = z
  .strictObject({
    tokenizer: z.string().min(1).max(64).describe('The id of a tokenizer of this server.'),
    benchmark: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .describe('Id, name or name@version: all its runs.'),
    runs: z.array(Uuid).min(1).max(1_000).optional().describe('Only these runs.'),
    dryRun: z.boolean().default(false).describe('Orders nothing and tells what would be counted.'),
  })
  .refine(({ benchmark, runs }) => benchmark !== undefined || runs !== undefined, {
    message: 'Name a benchmark or runs.',
    path: ['benchmark'],
  })
  .meta({ id: 'RecountRequest' });
export type RecountRequest = z.infer<typeof RecountRequest>;

export const RecountPlan = z
  .object({
    tokenizer: z.string(),
    version: z.int(),
    runs: z
      .array(z.object({ runId: Uuid, label: z.string(), benchmarkId: Uuid, attempts: z.int() }))
      .describe('Runs that get the length column.'),
    skipped: z
      .array(z.object({ runId: Uuid, label: z.string(), reason: z.string() }))
      .describe('Runs that have it already, or whose texts can not be counted.'),
  })
  .meta({ id: 'RecountPlan' });
export type RecountPlan = z.infer<typeof RecountPlan>;
