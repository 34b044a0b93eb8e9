import { z } from 'zod';
import { SensitivityBand } from './board.ts';
import { Params, Timestamp, TraceVisibility, TrustLevel, Uuid, Visibility } from './identifiers.ts';

export const RunQuery = z.strictObject({
  column: z
    .string()
    .max(64)
    .optional()
    .describe(
      'Lengths: `reported` or a tokenizer. Without it: a tokenizer of ours where there is one.',
    ),
});
export type RunQuery = z.infer<typeof RunQuery>;

const figure = z.number().nullable().default(null);

const Interval = z
  .object({ low: z.number(), high: z.number(), level: z.number(), method: z.string() })
  .nullable()
  .default(null);

export const SourceAgreement = z.object({
  bothCorrect: z.int(),
  onlyOurs: z.int(),
  onlyReported: z.int(),
  neither: z.int(),
  share: z.number(),
});

/** What a run comes to; a published figure knows few of these. */
export const RunFigures = z
  .object({
    itemCount: z.int().nullable().default(null),
    attempts: z.int().nullable().default(null),
    expectedAttempts: z.int().nullable().default(null),
    samplesPerItem: figure,
    accuracy: figure,
    accuracyInterval: Interval,
    answeredAccuracy: figure,
    unparsedShare: figure,
    unverifiableShare: figure,
    errorShare: figure,
    missingShare: figure,
    lengthKnownShare: figure,
    tokensMean: figure,
    tokensInterval: Interval,
    tokensMedian: figure,
    tokensP90: figure,
    tokensGeometricMean: figure,
    tokensMeanRight: figure,
    tokensMeanWrong: figure,
    tokensMedianRight: figure,
    tokensMedianWrong: figure,
    reasoningTokensMean: figure,
    answerTokensMean: figure,
    charactersMean: figure,
    clipRatio: figure,
    stoppedTokensMean: figure,
    tokensPerCorrect: figure,
    reflectionsPerResponse: figure,
    reflectionsPer1kTokens: figure,
    agreement: SourceAgreement.nullable().default(null),
    reasons: z.record(z.string(), z.string()).describe('Why a figure is null, by its name.'),
  })
  .meta({ id: 'RunFigures', description: 'Fractions from 0 to 1; null is unknown.' });
export type RunFigures = z.infer<typeof RunFigures>;

/** One bar of the histogram: lengths from `from` to `to`, both included. */
export const LengthBar = z.object({
  from: z.number(),
  to: z.number(),
  right: z.int(),
  wrong: z.int(),
});
export type LengthBar = z.infer<typeof LengthBar>;

export const RunGroup = z.object({
  name: z.string(),
  items: z.int(),
  accuracy: z.number().nullable(),
  tokensMean: z.number().nullable(),
});
export type RunGroup = z.infer<typeof RunGroup>;

/** The run graded another way, beside its own verdicts. */
export const Grading = z
  .object({
    verifier: z.string(),
    version: z.int(),
    policy: z.string(),
    role: z
      .enum(['strictest', 'lenient', 'other'])
      .describe("The extremes of the run's own verifier, or another verifier."),
    attempts: z.int(),
    accepted: z.int(),
    onlyHere: z.int().describe('Accepted by this grading and not by the own verdict.'),
    onlyOwn: z.int().describe('Accepted by the own verdict and not by this grading.'),
    disputed: z
      .array(
        z.object({
          itemKey: z.string(),
          sampleIndex: z.int(),
          acceptedBy: z.enum(['here', 'own']),
        }),
      )
      .describe('The first attempts on which the two disagree.'),
  })
  .meta({ id: 'Grading' });
export type Grading = z.infer<typeof Grading>;

export const Run = z
  .object({
    id: Uuid,
    label: z.string(),
    model: z.object({ name: z.string(), isProgram: z.boolean(), baseName: z.string().nullable() }),
    method: z.object({ name: z.string(), arxiv: z.string().nullable() }).nullable(),
    family: z.string().nullable(),
    params: Params,
    decoding: z.record(z.string(), z.unknown()),
    trust: TrustLevel,
    traceVisibility: TraceVisibility,
    visibility: Visibility,
    state: z
      .enum(['live', 'scoring', 'done', 'withdrawn'])
      .describe('live: the evaluation is under way, and more samples come.'),
    progress: z.number().nullable(),
    citation: z.object({ arxiv: z.string().nullable(), note: z.string().nullable() }).nullable(),
    sourceFormat: z.string().nullable(),
    tokenSource: z.string(),
    attempts: z.int(),
    expected: z
      .int()
      .nullable()
      .describe(
        'Items of the benchmark times the samples an item has; null for published figures.',
      ),
    createdAt: Timestamp,
    benchmark: z.object({
      id: Uuid,
      name: z.string(),
      version: z.int(),
      split: z.string(),
      title: z.string(),
      hasHiddenGold: z.boolean(),
    }),
    verifier: z.object({ id: z.string(), version: z.int(), policy: z.string() }).nullable(),
    rank: z.int().nullable(),
    column: z.string().nullable(),
    lengthLabel: z.string(),
    columns: z.array(z.object({ id: z.string(), label: z.string() })),
    figures: RunFigures.nullable().describe('Null before the first batch is scored.'),
    sensitivity: SensitivityBand.nullable().describe(
      'Accuracy under the strictest and the most lenient policy of its verifier; null until graded.',
    ),
    gradings: z.array(Grading),
    lengths: z.array(LengthBar),
    groups: z.array(z.object({ name: z.string(), rows: z.array(RunGroup) })),
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof Run>;
