import { z } from 'zod';
import { PALETTES } from './palettes.ts';
import { VENUES } from './venues.ts';

const Range = z
  .strictObject({
    scale: z.enum(['linear', 'log']).optional().describe('Without it: what suits the kind.'),
    min: z.number().optional().describe('In the unit of the data: 0.25 is 25 %.'),
    max: z.number().optional(),
    label: z.string().max(200).optional(),
  })
  .prefault({});

const Panel = z.number().int().min(1).max(100).describe('Counted from 1; without it, every panel.');

/**
 * What a figure is, apart from its numbers. Its canonical JSON, with the defaults filled in, is hashed to the figure's
 * address. A changed meaning of a field raises `version`.
 */
export const FigureSpec = z
  .strictObject({
    version: z.literal(1).default(1),
    kind: z.string().max(64).describe('pareto, series, paired-forest, leaderboard-table …'),
    data: z
      .record(z.string(), z.unknown())
      .default({})
      .describe('What is shown: each kind says which fields it takes.'),
    title: z.string().max(300).nullable().default(null).describe('In the metadata of the file.'),
    venue: z
      .enum(VENUES.map(({ id }) => id) as [string, ...string[]])
      .default('neurips')
      .describe('Sets width, fonts and their sizes.'),
    columns: z.union([z.literal(1), z.literal(2)]).default(1),
    height: z
      .number()
      .min(0.8)
      .max(9)
      .nullable()
      .default(null)
      .describe('Inches; null is the width ÷ 1.618. The figure grows where names need it.'),
    palette: z.enum(PALETTES.map(({ id }) => id) as [string, ...string[]]).default('okabe-ito'),
    x: Range,
    y: Range,
    labels: z
      .enum(['auto', 'direct', 'legend', 'none'])
      .default('auto')
      .describe('How series are named: beside their points, in a legend, or not.'),
    intervals: z.boolean().default(true).describe('Draw error bars where intervals are known.'),
    marks: z
      .array(
        z.strictObject({
          at: z.number(),
          across: z.enum(['x', 'y']),
          label: z.string().max(120).optional().describe('Stands beside the line.'),
          panel: Panel.optional(),
        }),
      )
      .max(10)
      .default([])
      .describe('Dashed reference lines across an axis.'),
    annotations: z
      .array(
        z.strictObject({
          text: z.string().min(1).max(200),
          x: z.number().describe('In the unit of the data; on an axis of names, 1, 2, 3 …'),
          y: z.number().describe('On the left axis.'),
          panel: Panel.optional(),
        }),
      )
      .max(20)
      // No default: specs that were written before it keep their hash.
      .optional()
      .describe('Texts at places of the data, moved aside where something is in their way.'),
    caption: z
      .strictObject({
        lead: z.string().max(1000).optional().describe('Instead of the first sentence.'),
        facts: z.boolean().default(true).describe('State n, samples, verifier and so on.'),
      })
      .prefault({}),
  })
  .meta({ id: 'FigureSpec' });
export type FigureSpec = z.infer<typeof FigureSpec>;
export type FigureSpecInput = z.input<typeof FigureSpec>;

/** What the reader set of an axis; null ends follow from the data. */
export function axisEnds({ min, max, label }: FigureSpec['x']) {
  return { min: min ?? null, max: max ?? null, ...(label === undefined ? {} : { label }) };
}
