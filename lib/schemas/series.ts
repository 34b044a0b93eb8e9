import { z } from 'zod';
import { RunComparison } from './analysis.ts';
import { List } from './board.ts';
import { TrustLevel, Uuid } from './identifiers.ts';

const Hold = z
  .string()
  .max(500)
  .default('')
  .transform((text, context) => {
    const held: Record<string, string> = {};
    for (const part of text.split(',').filter((one) => one !== '')) {
      const colon = part.indexOf(':');
      if (colon < 1) {
        context.addIssue({ code: 'custom', message: 'must be NAME:VALUE, with commas between' });
        return z.NEVER;
      }
      held[part.slice(0, colon)] = part.slice(colon + 1);
    }
    return held;
  });

export const SeriesQuery = z
  .strictObject({
    benchmark: z.string().max(2000).describe('Name, name@version or id.'),
    split: z.string().max(200).optional(),
    family: z.string().max(200),
    model: z.string().max(200).optional().describe('Needed where the family has several.'),
    parameter: z
      .string()
      .max(100)
      .optional()
      .describe('What goes from left to right; without it the only one that varies.'),
    hold: Hold.describe('NAME:VALUE with commas between: other parameters, held fixed.'),
    reference: Uuid.optional().describe(
      'The run that the others are tested against; without it the base model, else the first point.',
    ),
    column: z.string().max(64).optional().describe('Lengths: `reported` or a tokenizer.'),
    metric: List.default([])
      .pipe(z.array(z.string().max(300)).max(12))
      .describe(
        'Further metrics to draw, each by its id with options after a question mark: `reg`, `pass-at-k?k=8`, `signal-rate?signal=loops`. Commas between, one inside as %2C.',
      ),
  })
  .meta({ id: 'SeriesQuery' });
export type SeriesQuery = z.infer<typeof SeriesQuery>;

const Interval = z.object({
  low: z.number(),
  high: z.number(),
  level: z.number(),
  method: z.string(),
});
const Figure = z.object({ value: z.number().nullable(), interval: Interval.nullable() });

export const SeriesPoint = z
  .object({
    runId: z.string(),
    label: z.string(),
    trust: TrustLevel,
    value: z.number().nullable().describe('Of the parameter; null for a base model.'),
    accuracy: Figure,
    tokens: Figure,
    clipRatio: Figure,
    reflections: Figure.describe('Reflection keywords per 1,000 tokens.'),
  })
  .meta({ id: 'SeriesPoint' });
export type SeriesPoint = z.infer<typeof SeriesPoint>;

export const Series = z
  .object({
    benchmark: z.object({ id: z.string(), title: z.string(), itemCount: z.int().nullable() }),
    verifier: z.string().nullable(),
    lengthLabel: z.string(),
    column: z.string().nullable(),
    family: z.string(),
    model: z.string(),
    parameter: z.string(),
    points: z.array(SeriesPoint),
    bases: z.array(SeriesPoint),
    curves: z
      .array(
        z.object({
          key: z.string().describe('As `metric` names it.'),
          metric: z.string(),
          version: z.int(),
          label: z.string(),
          unit: z.string(),
          direction: z.string(),
          points: z
            .array(
              z.object({
                runId: z.string(),
                label: z.string(),
                value: z.number().nullable().describe('Of the parameter; null for a base model.'),
                figure: Figure,
                reason: z.string().nullable().describe('Why there is no figure; null beside one.'),
                difference: Figure.nullable().describe(
                  'From the reference, over resamples that both meet; null for the reference.',
                ),
              }),
            )
            .describe('The scored points and base models: published figures have no outputs.'),
        }),
      )
      .describe('The metrics asked for with `metric`.'),
    metrics: z
      .array(z.object({ key: z.string(), label: z.string() }))
      .describe('What may be asked for here; further options are in the list of metrics.'),
    best: z
      .object({
        runId: z.string(),
        value: z.number(),
        notSeparated: z
          .array(z.number())
          .nullable()
          .describe(
            'Other values that paired tests under Holm do not tell from it; null: untested.',
          ),
      })
      .nullable()
      .describe('The most accurate value; of equals the one with fewer tokens.'),
    referenceRunId: z.string().nullable(),
    comparisons: z
      .array(RunComparison.omit({ flips: true, flipCount: true }))
      .describe('Scored points against the reference (A), one family under Holm.'),
    cochran: z
      .object({
        q: z.number(),
        degreesOfFreedom: z.int(),
        p: z.number(),
        informativeItems: z.int(),
      })
      .nullable(),
    cochranReason: z.string().nullable(),
    testReason: z.string().nullable().describe('Why nothing was tested; null otherwise.'),
    rewards: z
      .array(
        z.object({
          reward: z.string().describe('The verifier that would have paid in training.'),
          audit: z.string(),
          divergedAt: z
            .number()
            .nullable()
            .describe('From here on the reward rises above what the audit confirms.'),
          checkpoints: z.array(
            z.object({
              step: z.number(),
              training: z.number().nullable(),
              audit: z.number().nullable(),
              gap: z.number().nullable(),
              standardError: z.number().nullable(),
            }),
          ),
        }),
      )
      .describe('Empty where no other verifier has graded the points.'),
  })
  .meta({ id: 'Series' });
export type Series = z.infer<typeof Series>;
