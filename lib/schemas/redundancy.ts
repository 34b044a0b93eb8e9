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

const share = z.number().nullable();

export const ProfileRow = z.object({
  band: z.enum(['all', 'easy', 'medium', 'hard']),
  items: z.int(),
  attempts: z.int(),
  accuracy: share,
  tokensMean: share,
  redundant: z.object({
    repeatedStepShare: share.describe('Of the text, in steps that repeat an earlier one.'),
    ngramRepetition: share.describe('Of the runs of 20 words, those that stood there before.'),
    restatedShare: share.describe('Of the runs of five words of the question, those said again.'),
    compression: share.describe('Deflated over plain bytes.'),
    loopShare: share.describe('Of the answers, those that end in a loop.'),
  }),
  overthinking: z.object({
    tokensMean: share,
    afterTokensMean: share.describe('Tokens after the first right answer.'),
    afterShare: share,
    againMean: share.describe('Later statements of the right answer.'),
    stated: z.int(),
  }),
  underthinking: z.object({
    switchesPer1kRight: share,
    switchesPer1kWrong: share,
    leftAnswerShare: share.describe('Of the answers that are not right, those that held it.'),
    underthinkingScore: share,
    searched: z.int(),
  }),
});
export type ProfileRow = z.infer<typeof ProfileRow>;

export const RunRedundancy = z
  .object({
    runId: Uuid,
    tokenizer: z.string().nullable(),
    bandedBy: z.string(),
    bandedItems: z.int(),
    measured: z.int().describe('Attempts whose text was measured.'),
    rows: z.array(ProfileRow).describe('All items first, then each band that has attempts.'),
  })
  .meta({
    id: 'RunRedundancy',
    description: 'Redundant content, overthinking and underthinking of a run by difficulty.',
  });
export type RunRedundancy = z.infer<typeof RunRedundancy>;
