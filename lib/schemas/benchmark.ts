import { z } from 'zod';
import { Uuid, Visibility } from './identifiers.ts';

export const Benchmark = z
  .object({
    id: Uuid,
    name: z.string(),
    version: z.int(),
    split: z.string(),
    title: z.string(),
    description: z.string().nullable(),
    visibility: Visibility,
    itemCount: z.int(),
    verifier: z.string(),
    verifierVersion: z.int(),
    tokenizer: z.string().describe('Counts where the source has no counts of its own.'),
    hasHiddenGold: z.boolean().describe('True: reference answers never leave the server.'),
    licence: z.string().nullable(),
    source: z.string().nullable(),
    runs: z.int().describe('Runs that this reader may see.'),
  })
  .meta({ id: 'Benchmark' });
export type Benchmark = z.infer<typeof Benchmark>;

/** Benchmarks that the same variants ran on, so that a mean over them compares like with like. */
export const MeanGroup = z.object({
  id: z.string().describe('For the parameter `benchmark` of the leaderboard.'),
  title: z.string(),
  benchmarkIds: z.array(Uuid),
  runs: z.int(),
});
export type MeanGroup = z.infer<typeof MeanGroup>;

export const BenchmarkList = z
  .object({ benchmarks: z.array(Benchmark), means: z.array(MeanGroup) })
  .meta({ id: 'BenchmarkList' });
export type BenchmarkList = z.infer<typeof BenchmarkList>;
