import { z } from 'zod';
import { Outcome, Uuid } from './identifiers.ts';
import { VerdictExplanation } from './verify.ts';

/** A failed request is an error whatever was judged; an attempt without a verdict is not scored yet. */
export const SampleOutcome = z.enum([...Outcome.options, 'error', 'unscored']);
export type SampleOutcome = z.infer<typeof SampleOutcome>;

/** A minus is "most first". What is unknown comes last either way. */
export const SampleSort = z.enum([
  'position',
  'tokens',
  '-tokens',
  'afterAnswer',
  '-afterAnswer',
  'reflections',
  '-reflections',
]);
export type SampleSort = z.infer<typeof SampleSort>;

const filters = {
  outcome: SampleOutcome.optional(),
  minTokens: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  maxTokens: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  minAfterAnswer: z.coerce
    .number()
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .describe('Tokens after the first correct answer, at least.'),
  minReflections: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  loop: z
    .enum(['yes', 'no'])
    .optional()
    .describe('Whether the text ends in a loop; samples that were not measured are neither.'),
  q: z.string().max(200).optional().describe('In the extracted answer or the item key.'),
  column: z.string().max(64).optional().describe('Lengths: `reported` or a tokenizer.'),
};

export const SampleQuery = z
  .strictObject({
    ...filters,
    sort: SampleSort.default('position'),
    cursor: z.string().max(300).optional().describe('`nextCursor` of the page before.'),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  })
  .meta({ id: 'SampleQuery' });
export type SampleQuery = z.infer<typeof SampleQuery>;

export const DownloadQuery = z.strictObject({
  format: z
    .enum(['jsonl', 'csv', 'eee', 'eee-aggregate'])
    .default('jsonl')
    .describe(
      '`jsonl` with the texts, `csv` without; `eee`: instances of every_eval_ever 0.3.0, with the questions and what is not hidden of the references; `eee-aggregate`: the file beside those.',
    ),
});
export type DownloadFormat = z.infer<typeof DownloadQuery>['format'];

export const SampleRow = z
  .object({
    itemKey: z.string(),
    sampleIndex: z.int(),
    position: z.int(),
    outcome: SampleOutcome,
    extracted: z.string().nullable(),
    tokens: z.int().nullable(),
    reflections: z.int().nullable(),
    loops: z.int().nullable().describe('1 when the text ends in a loop; null: not measured.'),
    firstCorrectTokens: z
      .int()
      .nullable()
      .describe(
        'Tokens up to the first place that states the right answer; null when none does, when nobody looked, and where reference answers are hidden.',
      ),
    afterAnswerTokens: z.int().nullable().describe('Tokens after that place.'),
    finishReason: z.string(),
    reportedCorrect: z.boolean().nullable(),
    characters: z.int(),
    difficulty: z.string().nullable(),
  })
  .meta({ id: 'SampleRow' });
export type SampleRow = z.infer<typeof SampleRow>;

export const SamplePage = z
  .object({ samples: z.array(SampleRow), nextCursor: z.string().nullable() })
  .meta({ id: 'SamplePage' });
export type SamplePage = z.infer<typeof SamplePage>;

const Place = z.object({ itemKey: z.string(), sampleIndex: z.int() }).nullable();

/** Offsets are UTF-16 units of the part. */
const Span = z.object({ start: z.int(), end: z.int(), label: z.string() });

const Part = z.object({ text: z.string(), reflections: z.array(Span) }).nullable();

export const Sample = z
  .object({
    runId: Uuid,
    itemKey: z.string(),
    sampleIndex: z.int(),
    position: z.int(),
    item: z.object({
      position: z.int(),
      prompt: z.string().nullable(),
      choices: z.array(z.string()).nullable(),
      difficulty: z.string().nullable(),
      language: z.string().nullable(),
      groups: z.record(z.string(), z.string()),
    }),
    gold: z.string().nullable().describe('Null when hidden or unknown.'),
    isGoldHidden: z.boolean(),
    reasoning: Part,
    answer: Part,
    split: z
      .enum(['source', 'markers', 'none'])
      .describe('Who parted reasoning from answer: the source, markers in the text, or nobody.'),
    isReasoningClosed: z.boolean(),
    tokens: z.array(
      z.object({
        by: z.string(),
        output: z.int().nullable(),
        reasoning: z.int().nullable(),
        answer: z.int().nullable(),
        note: z.string().nullable(),
      }),
    ),
    characters: z.int(),
    finishReason: z.string(),
    error: z.object({ code: z.string(), message: z.string().nullable() }).nullable(),
    outcome: SampleOutcome,
    verdicts: z.array(
      z.object({
        verifier: z.string(),
        version: z.int(),
        policy: z.string(),
        outcome: Outcome,
        extracted: z.string().nullable(),
        reason: z.string().nullable(),
        isDefault: z.boolean().describe('The verdict that the board counts.'),
      }),
    ),
    reported: z.object({
      score: z.number().nullable(),
      correct: z.boolean().nullable(),
      extracted: z.string().nullable(),
    }),
    detector: z.string().describe('What found the reflections, with its version.'),
    siblings: z.array(
      z.object({ sampleIndex: z.int(), outcome: SampleOutcome, tokens: z.int().nullable() }),
    ),
    previous: Place,
    next: Place,
  })
  .meta({ id: 'Sample' });
export type Sample = z.infer<typeof Sample>;

export const SampleExplanation = z
  .object({
    verifier: z.string(),
    version: z.int().describe('Of the verifier as it is now.'),
    policy: z
      .record(z.string(), z.unknown())
      .describe('All conventions that were used, defaults included.'),
    outcome: Outcome,
    extracted: z.string().nullable(),
    reason: z.string().nullable(),
    explanation: VerdictExplanation.nullable().describe(
      'Null when the verifier has no more to tell than the reason.',
    ),
    excerpt: z
      .object({ before: z.string(), answer: z.string(), after: z.string() })
      .nullable()
      .describe('The answer with the words around it; null when it has no place in the text.'),
    counted: z
      .object({ version: z.int(), outcome: Outcome })
      .nullable()
      .describe('What the board counts, for comparison; null when it counts nothing yet.'),
  })
  .meta({ id: 'SampleExplanation' });
export type SampleExplanation = z.infer<typeof SampleExplanation>;

export const OtherSamples = z
  .object({
    others: z.array(
      z.object({
        runId: Uuid,
        label: z.string(),
        model: z.string(),
        sampleIndex: z.int(),
        outcome: SampleOutcome,
        extracted: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'OtherSamples' });
export type OtherSamples = z.infer<typeof OtherSamples>;
