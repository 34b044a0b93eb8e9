import { z } from 'zod';
import { Uuid } from './identifiers.ts';

const tokens = z.int().nullable();

export const SampleRedundancy = z
  .object({
    runId: Uuid,
    itemKey: z.string(),
    sampleIndex: z.int(),
    tokenizer: z.string().nullable().describe('Who counts; null when nobody does, see `reasons`.'),
    characters: z.int().describe('Of the visible text: all positions are UTF-16 units of it.'),
    tokens,
    parts: z
      .array(
        z.object({
          name: z.enum(['reasoning', 'answer']),
          start: z.int(),
          end: z.int(),
          startToken: tokens,
          endToken: tokens,
        }),
      )
      .describe('Where reasoning and answer stand in the visible text; markers belong to neither.'),
    steps: z.array(
      z.object({ start: z.int(), end: z.int(), startToken: tokens, endToken: tokens }),
    ),
    kinds: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        label: z.string(),
        description: z.string(),
        count: z.int().describe('All of them; `spans` holds the first 4,000 of a kind.'),
      }),
    ),
    spans: z.array(
      z.object({
        kind: z.string(),
        start: z.int(),
        end: z.int(),
        label: z.string(),
        startToken: tokens,
        endToken: tokens,
      }),
    ),
    answers: z
      .object({
        statements: z.int().describe('Places that state an answer, right or wrong.'),
        uncompared: z.int(),
        first: z
          .object({
            start: z.int(),
            end: z.int(),
            text: z.string(),
            cue: z.string(),
            tokens: tokens.describe('Up to and with the answer.'),
          })
          .nullable()
          .describe('The first statement of the right answer; null when none is right.'),
        afterTokens: tokens,
        again: z.int().describe('Later statements of the right answer.'),
      })
      .nullable(),
    reasons: z
      .object({ tokens: z.string().optional(), answers: z.string().optional() })
      .describe('Why a part is null.'),
  })
  .meta({
    id: 'SampleRedundancy',
    description: 'What of a sample was said before, and where it could have ended.',
  });
export type SampleRedundancy = z.infer<typeof SampleRedundancy>;
