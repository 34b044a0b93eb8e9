import { z } from 'zod';

const Pointer = z
  .string()
  .regex(/^(?:\/[^/]*)+$/, 'A JSON pointer begins with / and has one step for each level.')
  .describe(
    'A JSON pointer (RFC 6901) into the row. The step $ is the number of the sample; a * inside a step stands for any text of a field name.',
  );

const Constant = z.union([z.string(), z.number(), z.boolean()]);

const Rule = z
  .strictObject({
    at: z
      .union([Pointer, z.array(Pointer).min(1)])
      .optional()
      .describe('Where the value stands; of several places the first that is there and not empty.'),
    join: z
      .array(Pointer)
      .min(1)
      .optional()
      .describe('Texts to put one after the other, a line each.'),
    constant: Constant.optional(),
    sample: z
      .literal(true)
      .optional()
      .describe('The sample itself, when "samples" names one place for each.'),
    row: z
      .string()
      .max(64)
      .optional()
      .describe(
        'The number of the row behind this text, for files whose items are known by their order only.',
      ),
    unless: Pointer.optional().describe('Unknown when there is a value at this place.'),
    after: z
      .string()
      .min(1)
      .optional()
      .describe('Only what follows the last occurrence of this text.'),
    map: z
      .record(z.string(), Constant.nullable())
      .optional()
      .describe('Values by what the file writes; what is not listed is unknown.'),
  })
  .refine(
    ({ at, join, constant, sample, row }) =>
      [at, join, constant, sample, row].filter((source) => source !== undefined).length === 1,
    'Name one source: at, join, constant, sample or row.',
  );

const Source = z.union([Pointer, Rule]);

/** Where the fields of a sample stand in a file that is in none of the known formats. Version 1. */
export const Mapping = z
  .strictObject({
    laconic_mapping: z.literal(1).describe('The version of this format.'),
    label: z.string().min(1).max(100).describe('What the mapping is for.'),
    format: z.enum(['jsonl', 'json', 'csv', 'tsv', 'parquet']),
    rows: Pointer.optional().describe(
      'Of a JSON document: the way to its rows, with * for every member. Left out, it is an array of rows.',
    ),
    only: z
      .record(Pointer, z.array(Constant).min(1))
      .optional()
      .describe('Rows with other values at these places belong to other runs and are passed over.'),
    distinct: z
      .array(Pointer)
      .min(1)
      .optional()
      .describe('Rows that are equal at all these places are copies; the first one counts.'),
    samples: z
      .union([Pointer, z.array(Pointer).min(1).max(1024)])
      .optional()
      .describe(
        'A list with one element for each sample, or one place for each. Left out, a row is one sample.',
      ),
    repeats: z
      .boolean()
      .optional()
      .describe('True when an item comes again in later rows, once for each further sample.'),
    item: z.strictObject({
      key: Source.optional(),
      prompt: Source.optional(),
      gold: Source.optional(),
      choices: Source.optional(),
      difficulty: Source.optional(),
      groups: z.record(z.string(), Source).optional(),
    }),
    output: Source.optional(),
    reasoning: Source.optional(),
    answer: Source.optional(),
    tokens: z
      .strictObject({
        prompt: Source.optional(),
        output: Source.optional(),
        reasoning: Source.optional(),
        answer: Source.optional(),
        source: z.enum(['provider', 'runner', 'tokenizer', 'derived']).optional(),
        note: z.string().min(1).max(1024).optional(),
      })
      .optional(),
    finish_reason: Source.optional(),
    error: Source.optional().describe('What went wrong; the row has no error when it is empty.'),
    reported: z
      .strictObject({
        score: Source.optional(),
        correct: Source.optional(),
        extracted: Source.optional(),
      })
      .optional(),
    signals: z.record(z.string(), Source).optional(),
    extras: z.record(z.string(), Source).optional(),
    run: z
      .strictObject({
        benchmark: Constant.optional(),
        split: Constant.optional(),
        model: Constant.optional(),
      })
      .optional()
      .describe('What the file does not say of itself.'),
    unknowns: z
      .array(z.string())
      .optional()
      .describe('What the file can not tell, for its readers.'),
  })
  .refine(({ item }) => item.key !== undefined || item.prompt !== undefined, {
    path: ['item'],
    message: 'An item needs a key or a prompt.',
  })
  .refine(
    ({ output, reasoning, answer }) =>
      [output, reasoning, answer].some((text) => text !== undefined),
    {
      path: ['output'],
      message: 'A sample needs an output, a reasoning or an answer.',
    },
  )
  .meta({
    title: 'Laconic mapping, version 1',
    description:
      'Names for every field of a sample its place in the rows of a CSV, TSV, JSON, JSONL or Parquet file. At least item.key or item.prompt, and one of output, reasoning and answer.',
  });

export type Mapping = z.infer<typeof Mapping>;
/** Where one value stands: a pointer, or a rule. */
export const MappingSource = Source;
export type MappingSource = z.infer<typeof Source>;
