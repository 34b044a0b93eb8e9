import { z } from 'zod';
import { Name, Uuid, Visibility } from './identifiers.ts';

const label = z.string().min(1).max(256);

/** The first line of a benchmark file: what the benchmark is. */
export const BenchmarkHeader = z
  .strictObject({
    laconic_benchmark: z.literal(1).describe('The version of this format.'),
    name: Name.refine((name) => !/@\d+$/.test(name), 'must not end in @ and a number'),
    split: Name.default('test'),
    title: z.string().min(1).max(300).optional().describe('Default: the name.'),
    description: z.string().max(4_000).optional(),
    verifier: z.string().max(64).optional().describe('Default: inferred from the golds.'),
    policy: z.record(z.string(), z.unknown()).default({}),
    tokenizer: z.string().max(64).optional(),
    licence: z.string().max(300).optional(),
    source: z.string().max(1_000).optional(),
    hiddenGold: z
      .boolean()
      .default(false)
      .describe(
        'Reference answers then never leave the server: no page, download or reason shows them.',
      ),
    visibility: Visibility.default('public').describe('Unlisted unless the token is an admin’s.'),
    newVersion: z
      .boolean()
      .default(false)
      .describe(
        'Items that differ from the newest version become the next one; without it they are refused.',
      ),
  })
  .meta({ id: 'BenchmarkHeader' });
export type BenchmarkHeader = z.infer<typeof BenchmarkHeader>;

/** Every other line: one item. */
export const BenchmarkItem = z
  .strictObject({
    key: z.string().min(1).max(512).optional().describe('Default: made from the question.'),
    prompt: z.string().min(1),
    gold: z.union([z.string().min(1), z.number().transform(String)], {
      error: 'must be there, as a text or a number',
    }),
    choices: z.array(z.string()).min(2).max(64).optional(),
    difficulty: label.optional(),
    groups: z.record(label, label).default({}).describe('Subject, type …: short labels.'),
  })
  .meta({ id: 'BenchmarkItem' });
export type BenchmarkItem = z.infer<typeof BenchmarkItem>;

export const BenchmarkReceipt = z
  .object({
    id: Uuid,
    name: z.string(),
    version: z.int(),
    split: z.string(),
    items: z.int(),
    isNew: z.boolean().describe('False: the newest version has exactly these items already.'),
    verifier: z.string(),
    tokenizer: z.string(),
    visibility: Visibility,
    contentHash: z
      .string()
      .describe(
        'SHA-256 over the hashes of the items in their order: equal hashes are equal benchmarks.',
      ),
    duplicates: z
      .array(
        z.object({
          key: z.string(),
          firstKey: z.string(),
          isSameGold: z.boolean().describe('False: the same question has two reference answers.'),
        }),
      )
      .describe('Questions that stand in the file more than once; at most 200 are listed.'),
    duplicateCount: z.int(),
  })
  .meta({ id: 'BenchmarkReceipt' });
export type BenchmarkReceipt = z.infer<typeof BenchmarkReceipt>;

export const ItemLine = z
  .object({
    key: z.string(),
    prompt: z.string().nullable(),
    gold: z.string().nullable().describe('Null where reference answers are hidden.'),
    choices: z.array(z.string()).nullable(),
    difficulty: z.string().nullable(),
    groups: z.record(z.string(), z.string()),
  })
  .meta({ id: 'ItemLine' });
export type ItemLine = z.infer<typeof ItemLine>;
