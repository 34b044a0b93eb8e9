import { z } from 'zod';

const tokenCount = z.int().min(0).max(1_000_000_000).nullable().optional();
const label = z.string().min(1).max(256);
const parameter = z.union([z.string().max(1024), z.number(), z.boolean()]);

const LaconicTokens = z
  .strictObject({
    prompt: tokenCount.describe('Tokens of the prompt.'),
    output: tokenCount.describe('All generated tokens, reasoning included.'),
    reasoning: tokenCount.describe(
      'Generated tokens of the reasoning part. Leave out or null when not counted; 0 says there was none.',
    ),
    answer: tokenCount.describe('Generated tokens after the reasoning.'),
    source: z
      .enum(['provider', 'runner', 'tokenizer', 'derived'])
      .describe(
        'Who counted: the API that generated, the program that called it, a tokenizer run on the text afterwards, or a computation from other counts.',
      ),
    note: z
      .string()
      .min(1)
      .max(1024)
      .nullable()
      .optional()
      .describe('The tokenizer, or why the counts may mislead.'),
  })
  .describe('Token counts of this sample, with their source.');

const LaconicReported = z
  .strictObject({
    score: z.number().nullable().optional(),
    correct: z.boolean().nullable().optional(),
    extracted: z
      .string()
      .nullable()
      .optional()
      .describe('The answer that the source took out of the output.'),
  })
  .describe(
    'What the source itself scored. Shown beside the verdicts of the server, never ranked.',
  );

/** One line of the project's own JSONL format: one sample of one item. Version 1. */
export const LaconicRow = z
  .strictObject({
    laconic: z.literal(1).optional().describe('The version of this format.'),
    item_key: z
      .string()
      .min(1)
      .max(512)
      .nullable()
      .optional()
      .describe("The benchmark's own id of the item. Without it the question names the item."),
    sample_index: z
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe('From 0, within the item. 0 when left out.'),
    prompt: z
      .string()
      .min(1)
      .nullable()
      .optional()
      .describe('The question. Needed when there is no item_key.'),
    gold: z
      .string()
      .min(1)
      .nullable()
      .optional()
      .describe('The reference answer. With it in every row the file can declare its benchmark.'),
    choices: z
      .array(z.string())
      .min(2)
      .max(64)
      .nullable()
      .optional()
      .describe('The texts of the choices in order, for multiple choice.'),
    difficulty: label.nullable().optional(),
    groups: z
      .record(label, label)
      .optional()
      .describe('Subject, type, template …: short labels to group items by.'),
    output: z
      .string()
      .nullable()
      .optional()
      .describe('All that the model wrote, reasoning included.'),
    reasoning: z
      .string()
      .nullable()
      .optional()
      .describe('The reasoning part, when the source splits it off.'),
    answer: z.string().nullable().optional().describe('What the model wrote after its reasoning.'),
    tokens: LaconicTokens.nullable().optional(),
    finish_reason: z
      .enum(['stop', 'length', 'content_filter', 'tool', 'error', 'unknown'])
      .nullable()
      .optional(),
    error: z
      .strictObject({ code: label, message: z.string().max(16_384) })
      .nullable()
      .optional()
      .describe('Why there is no usable output. Such a sample counts as not correct.'),
    reported: LaconicReported.nullable().optional(),
    params: z
      .record(label, parameter)
      .optional()
      .describe('Decoding and sweep parameters of the run: temperature, seed, alpha, step …'),
    signals: z
      .record(label, z.number().nullable())
      .optional()
      .describe('Confidence, log-probability …: finite numbers by name.'),
    extras: z
      .record(z.string(), z.unknown())
      .optional()
      .describe(
        'Anything else worth keeping. Fields that are not listed here are refused, so that a typing error does not lose data.',
      ),
  })
  .refine((row) => isGiven(row.item_key) || isGiven(row.prompt), {
    path: ['item_key'],
    message: 'A row needs an item_key or a prompt, else nobody can say which question it answers.',
  })
  .refine((row) => [row.output, row.reasoning, row.answer, row.error].some(isGiven), {
    path: ['output'],
    message: 'A row needs an output, a reasoning, an answer or an error.',
  })
  .meta({
    title: 'Laconic JSONL, one line',
    description:
      'One sample of one item. A row needs item_key or prompt, and at least one of output, reasoning, answer and error. Null and a missing field both say "unknown".',
  });

export type LaconicRow = z.infer<typeof LaconicRow>;

/** The published JSON Schema (draft 2020-12); the two rules across fields stand in its description. */
export function laconicRowJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(LaconicRow, { io: 'input' }) };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
