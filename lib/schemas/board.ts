import { z } from 'zod';
import { Params, TrustLevel } from './identifiers.ts';

/** Comma-separated, a comma inside a value as %2C: a list must be one key, because repeated keys are refused. */
export const List = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.replaceAll(/%2c/gi, ','))
    .filter((part) => part !== ''),
);
const list = List.default([]);

/** `label:value` pairs with commas between. */
export const Slice = List.pipe(
  z
    .array(
      z
        .string()
        .max(300)
        .regex(/^[^:]+:/u, { error: 'must be label:value, such as task:sudoku' }),
    )
    .max(100),
);

export const BoardQuery = z
  .strictObject({
    benchmark: z
      .string()
      .max(2000)
      .optional()
      .describe(
        'Name, name@version, id, or `mean:` and ids with commas between. Without it: the public benchmark with most runs.',
      ),
    split: z.string().max(200).optional(),
    model: list.describe('Names with commas between.'),
    method: list.describe('Names with commas between.'),
    family: list.describe('Ids with commas between.'),
    trust: List.pipe(z.array(TrustLevel)).default([]),
    slice: Slice.default([]).describe(
      'Only the items with these labels: `label:value` with commas between, such as `task:sudoku,level:3`. Values of one label add up, labels narrow down.',
    ),
    q: z.string().max(200).default('').describe('In the label, model or method.'),
    column: z
      .string()
      .max(64)
      .optional()
      .describe('Lengths: `reported` or a tokenizer. Without it: what most runs have.'),
  })
  .meta({ id: 'BoardQuery' });
export type BoardQuery = z.infer<typeof BoardQuery>;

/** Shares accepted under the strictest and the most lenient policy of the verifier. */
export const SensitivityBand = z
  .object({ strictest: z.number(), lenient: z.number() })
  .meta({ id: 'SensitivityBand' });

const Interval = z.object({
  low: z.number(),
  high: z.number(),
  level: z.number(),
  method: z.string().describe('How the interval was made.'),
});

const figure = z.number().nullable();

export const BoardFigures = z
  .object({
    accuracy: figure,
    accuracyInterval: Interval.nullable(),
    answeredAccuracy: figure.describe('Correct ÷ (correct + wrong).'),
    tokensMean: figure,
    tokensInterval: Interval.nullable(),
    tokensMedian: figure,
    tokensP90: figure,
    clipRatio: figure.describe('Share cut at the token limit.'),
    tokensPerCorrect: figure,
    reflectionsPer1kTokens: figure,
    samplesPerItem: figure,
    reasons: z.record(z.string(), z.string()).describe('Why a figure is null, by its name.'),
  })
  .meta({ id: 'BoardFigures', description: 'Fractions from 0 to 1; null is unknown.' });
export type BoardFigures = z.infer<typeof BoardFigures>;

export const BoardRow = z
  .object({
    runId: z.string(),
    label: z.string(),
    model: z.string(),
    isProgram: z.boolean().describe('A program, not a language model.'),
    method: z.string().nullable(),
    family: z.string().nullable(),
    isFamilyBase: z.boolean(),
    params: Params,
    trust: TrustLevel,
    state: z
      .enum(['live', 'scoring', 'done'])
      .describe('live: the evaluation is under way, and the run is not ranked.'),
    progress: figure.describe(
      'Share that is scored, or of a live run the share that has come; null when done.',
    ),
    verifier: z.string().nullable().describe('id@version; null for published figures.'),
    tokensBy: z.string().nullable().describe('Who counted the tokens of this row.'),
    citation: z.object({ arxiv: z.string().nullable(), note: z.string().nullable() }).nullable(),
    rank: z.int().nullable().describe('Shared by runs that paired tests do not separate.'),
    isTied: z.boolean(),
    isLengthComparable: z.boolean(),
    lengthNote: z.string().nullable(),
    isOnFront: z.boolean().nullable(),
    dominatedBy: z
      .array(z.string())
      .describe(
        'Up to three runs of the front that are better in one figure and not worse in the other.',
      ),
    figures: BoardFigures,
    sensitivity: SensitivityBand.nullable().describe(
      'Accuracy under the strictest and the most lenient policy of its verifier; null until graded, for published figures and for a part of the items.',
    ),
    parts: z
      .array(z.string())
      .nullable()
      .describe('On a board of means: the run of every benchmark.'),
  })
  .meta({ id: 'BoardRow' });
export type BoardRow = z.infer<typeof BoardRow>;

const Facet = z.object({ value: z.string(), runs: z.int() });

export const Board = z
  .object({
    benchmark: z
      .object({
        id: z.string(),
        name: z.string(),
        version: z.int().nullable(),
        split: z.string().nullable(),
        title: z.string(),
        description: z.string().nullable(),
        itemCount: z.int().nullable(),
        verifier: z.string().nullable(),
        benchmarkIds: z.array(z.string()).describe('More than one on a board of means.'),
      })
      .nullable(),
    finding: z.string(),
    column: z.string().nullable(),
    lengthLabel: z.string(),
    columns: z.array(z.object({ id: z.string(), label: z.string(), runs: z.int() })),
    rows: z.array(BoardRow),
    front: z.array(z.object({ runId: z.string(), tokens: z.number(), accuracy: z.number() })),
    families: z.array(
      z.object({
        model: z.string(),
        family: z.string(),
        parameter: z.string().nullable(),
        runIds: z.array(z.string()),
      }),
    ),
    facets: z.object({
      models: z.array(Facet),
      methods: z.array(Facet),
      families: z.array(Facet),
      trusts: z.array(Facet),
    }),
    groups: z
      .array(
        z.object({
          name: z.string(),
          values: z.array(z.object({ value: z.string(), items: z.int() })),
        }),
      )
      .describe('The labels of its items, for `slice`; empty on a board of means.'),
    slice: z
      .object({ pairs: z.array(z.string()), items: z.int() })
      .nullable()
      .describe('The labels asked for and how many items have them; null for all items.'),
    omitted: z.array(z.object({ label: z.string(), model: z.string(), reason: z.string() })),
    runs: z.int().describe('Before filters.'),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof Board>;
