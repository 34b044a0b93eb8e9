import { z } from 'zod';
import { Outcome } from './identifiers.ts';

export const MAX_VERIFY_ITEMS = 1_000;

/** An explanation is many times as long as its verdict. */
export const MAX_EXPLAINED_ITEMS = 100;

/** A number counts as its digits: files of references have both. */
const Gold = z.union([z.string(), z.number().transform(String)], {
  error: 'must be there, as a text or a number',
});

const VerifyItem = z.strictObject({
  id: z
    .union([z.string().max(512), z.number()])
    .optional()
    .describe('Comes back with the verdict.'),
  response: z.string().describe('What the model wrote, thinking included.'),
  gold: Gold.describe('The reference answer.'),
  question: z.string().nullish(),
  choices: z
    .array(z.string())
    .max(100)
    .nullish()
    .describe('The texts of the choices in order, for multiple choice.'),
  isTruncated: z.boolean().optional().describe('True when the output was cut at the token limit.'),
});
export type VerifyItem = z.infer<typeof VerifyItem>;

export const VerifyRequest = z
  .strictObject({
    verifier: z.string().min(1).max(64).default('math').describe('The id of a verifier.'),
    policy: z
      .record(z.string(), z.unknown())
      .default({})
      .describe('Conventions of the verifier that differ from its defaults.'),
    explain: z
      .boolean()
      .default(false)
      .describe(
        `Adds to each verdict how it came about; at most ${MAX_EXPLAINED_ITEMS} items then.`,
      ),
    items: z.array(VerifyItem).min(1).max(MAX_VERIFY_ITEMS),
  })
  .refine(({ explain, items }) => !explain || items.length <= MAX_EXPLAINED_ITEMS, {
    path: ['items'],
    error: `must not be more than ${MAX_EXPLAINED_ITEMS} when explanations are asked for`,
  })
  .meta({ id: 'VerifyRequest' });
export type VerifyRequest = z.infer<typeof VerifyRequest>;

const ReadSide = z
  .object({
    text: z.string().describe('As it was written.'),
    tree: z.string().describe('As it was read: kinds in brackets, long ones cut.'),
    canonical: z.string().describe('The form that is compared.'),
  })
  .nullable();

export const VerdictExplanation = z
  .object({
    rule: z.string().nullable().describe('What found the answer; null when none was found.'),
    span: z
      .object({ start: z.int(), end: z.int() })
      .nullable()
      .describe('Where the answer stands in the response, in UTF-16 units.'),
    gold: ReadSide.describe('Null when it was not read, or could not be.'),
    answer: ReadSide.describe('Null when it was not read, or could not be.'),
    step: z.string().describe('The step that decided.'),
  })
  .meta({ id: 'VerdictExplanation' });
export type VerdictExplanation = z.infer<typeof VerdictExplanation>;

const ItemVerdict = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  status: Outcome,
  extracted: z
    .string()
    .nullable()
    .describe('The answer as it stands in the response; null when none was found.'),
  reason: z.string().nullable().describe('Why; null only for a plain correct.'),
  explanation: VerdictExplanation.nullable()
    .optional()
    .describe('When asked for; null when the verifier has no more to tell than the reason.'),
  ms: z.number().describe('Time in the judging thread.'),
});

export const VerifyResponse = z
  .object({
    verifier: z.string(),
    version: z.int(),
    policy: z
      .record(z.string(), z.unknown())
      .describe('All conventions that were used, defaults included.'),
    results: z.array(ItemVerdict).describe('One for each item, in the order of the items.'),
    unreached: z
      .int()
      .describe('Items that the time for the whole batch did not reach; each is unverifiable.'),
  })
  .meta({ id: 'VerifyResponse' });
export type VerifyResponse = z.infer<typeof VerifyResponse>;

const Needs = z.object({
  reference: z.string().describe('The form of the reference; any other is unverifiable.'),
  otherReference: z
    .string()
    .nullable()
    .describe('A reference in another form; null where any text will do.'),
  response: z.string().describe('How a response has to give its answer; any other is unparsed.'),
  choices: z.string().optional().describe('What the choices add; absent where they do not count.'),
  question: z.string().optional().describe('What the question adds.'),
  service: z.string().optional().describe('What the host has to set up; a rule needs nothing.'),
});

export const VerifierList = z
  .object({
    verifiers: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        label: z.string(),
        description: z.string(),
        needs: Needs,
        policy: z
          .record(z.string(), z.unknown())
          .describe('Every switch of its policy with its default.'),
        values: z
          .record(z.string(), z.array(z.unknown()).readonly().nullable())
          .describe('The values that each switch takes; null for a number or a text.'),
      }),
    ),
  })
  .meta({ id: 'VerifierList' });
