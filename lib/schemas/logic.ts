import { z } from 'zod';

export const MAX_LOGIC_ANSWERS = 1_000;
export const MAX_LOGIC_ITEMS = 1_000;

const Key = z.string().min(1).max(64);
const Mode = z
  .enum(['sound', 'reference'])
  .default('sound')
  .describe('`reference` judges as the published verifier does, its faults included.');

/** One generated puzzle: a line of `laconic logic generate`. */
export const GeneratedPuzzle = z
  .object({
    id: z.string().describe('task/version/seed/level/index: all that it is made from.'),
    task: z.string(),
    level: z.int(),
    language: z.enum(['en', 'zh']),
    template: z.int().describe('Which wording, from 0.'),
    prompt: z.string(),
    data: z
      .unknown()
      .describe('The row in the form of the data set: what a check of an answer needs.'),
    difficulty: z.record(z.string(), z.number()),
  })
  .meta({ id: 'GeneratedPuzzle' });

export const LogicTaskParams = z.object({
  task: Key.describe('`kukurasu`, `arrow_maze` or `arrow-maze`.'),
});

export const LogicCatalogue = z
  .object({
    tasks: z.array(
      z.object({
        task: z.string().describe('The key of the published data set.'),
        version: z.int(),
        label: z.string(),
        category: z.string(),
        description: z.string(),
        promise: z
          .enum(['unique', 'computed', 'any-solution'])
          .describe(
            'One solution proved by search, one answer worked out, or any that keeps the rules.',
          ),
        templates: z.object({ en: z.int(), zh: z.int() }),
        levels: z.array(z.unknown()).describe('The parameters of the levels 1 to 10.'),
        parameters: z.unknown().describe('Their JSON Schema.'),
      }),
    ),
  })
  .meta({ id: 'LogicCatalogue' });

export const GenerateRequest = z
  .strictObject({
    level: z.int().min(1).max(10).default(5),
    count: z.int().min(1).max(MAX_LOGIC_ITEMS).default(1),
    seed: z
      .union([z.string().min(1).max(200), z.int()])
      .default('0')
      .describe('The same seed gives the same puzzles on every machine.'),
    from: z.int().min(0).max(1_000_000_000).default(0).describe('The index of the first puzzle.'),
    language: z
      .enum(['en', 'zh'])
      .nullable()
      .default(null)
      .describe('Null: drawn for each puzzle.'),
    template: z
      .int()
      .min(0)
      .max(99)
      .nullable()
      .default(null)
      .describe('A wording of the language, from 0. Null: drawn for each puzzle.'),
  })
  .refine(({ language, template }) => template === null || language !== null, {
    path: ['template'],
    error: 'needs a language, since each has wordings of its own',
  })
  .meta({ id: 'LogicGenerateRequest' });
export type GenerateRequest = z.infer<typeof GenerateRequest>;

export const GenerateResponse = z
  .object({
    task: z.string(),
    version: z.int(),
    items: z.array(GeneratedPuzzle),
    unreached: z.int().describe('Puzzles that the time for the whole batch did not reach.'),
  })
  .meta({ id: 'LogicGenerateResponse' });

export const LogicVerifyRequest = z
  .strictObject({
    mode: Mode,
    reward: z
      .enum(['plain', 'format-and-correct'])
      .default('plain')
      .describe(
        '`plain`: 1 for a right answer, else 0. `format-and-correct`: 1 only when the response also is one `<think>…</think>` followed by one `<answer>…</answer>`, as SynLogic rewards it.',
      ),
    items: z
      .array(
        z.strictObject({
          id: z
            .union([z.string().max(512), z.number()])
            .optional()
            .describe('Comes back.'),
          data: z
            .union([z.record(z.string(), z.unknown()), z.string()], {
              error: 'must be the row of the puzzle, as an object or as JSON text',
            })
            .describe(
              '`data` of a generated puzzle, or `extra_info.game_data_str` of the data set.',
            ),
          response: z.string().describe('What the model wrote, thinking included.'),
        }),
      )
      .min(1)
      .max(MAX_LOGIC_ANSWERS),
  })
  .meta({ id: 'LogicVerifyRequest' });
export type LogicVerifyRequest = z.infer<typeof LogicVerifyRequest>;

export const LogicVerifyResponse = z
  .object({
    task: z.string(),
    version: z.int(),
    mode: z.enum(['sound', 'reference']),
    results: z
      .array(
        z.object({
          id: z.union([z.string(), z.number()]).optional(),
          status: z.enum(['correct', 'wrong', 'unparsed', 'unverifiable']),
          reason: z.string().nullable().describe('The first rule that is broken; null when right.'),
          reward: z.number().nullable().describe('Null when the answer could not be judged.'),
          hasFormat: z.boolean().describe('Whether the response has the form of the other reward.'),
        }),
      )
      .describe('One for each item, in the order of the items.'),
    unreached: z.int().describe('Items that the time for the batch did not reach; unverifiable.'),
  })
  .meta({ id: 'LogicVerifyResponse' });
export type LogicVerifyResponse = z.infer<typeof LogicVerifyResponse>;
