import { z } from 'zod';
import { Uuid } from './identifiers.ts';

export const RunBehaviours = z
  .object({
    runId: Uuid,
    sources: z.array(
      z.object({
        source: z.string().describe('The judge with its prompt version, or the imported file.'),
        labelled: z.int(),
        unreadable: z.int().describe('Answers of the judge in which nothing could be read.'),
        ratios: z.array(
          z.object({
            behaviour: z.string(),
            occurrences: z.int(),
            responses: z.int(),
            shareOfResponses: z.number().nullable(),
            shareOfBehaviours: z.number().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'RunBehaviours', description: 'Cognitive behaviours by who labelled them.' });
export type RunBehaviours = z.infer<typeof RunBehaviours>;
