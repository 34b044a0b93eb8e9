import { z } from 'zod';

export const ModelList = z
  .object({
    models: z.array(
      z.object({
        name: z.string(),
        isProgram: z.boolean(),
        baseName: z.string().nullable(),
        runs: z.int().describe('Runs that this reader may see.'),
      }),
    ),
  })
  .meta({ id: 'ModelList' });
export type ModelList = z.infer<typeof ModelList>;

export const Method = z.object({
  name: z.string(),
  stage: z.string().nullable().describe('Where in the life of a model it acts.'),
  substage: z.string().nullable(),
  arxiv: z.string().nullable(),
  mechanism: z.string().nullable(),
  runs: z.int().describe('Runs that this reader may see.'),
  boards: z
    .array(
      z.object({
        benchmarkId: z.string(),
        title: z.string(),
        runs: z.int(),
        published: z.int().describe('Of the runs those that are figures out of a paper.'),
      }),
    )
    .describe('Where these runs are, most runs first.'),
});
export type Method = z.infer<typeof Method>;

export const MethodList = z.object({ methods: z.array(Method) }).meta({ id: 'MethodList' });
export type MethodList = z.infer<typeof MethodList>;
