import { z } from 'zod';
import { FigureSpec } from '#lib/figures/spec.ts';

export const FigureHash = z.string().regex(/^[0-9a-f]{64}$/);

const PathShape = z.object({
  kind: z.literal('path'),
  d: z.string(),
  fill: z.string().nullable(),
  stroke: z.string().nullable(),
  width: z.number(),
  dash: z.array(z.number()).readonly(),
  opacity: z.number(),
  datum: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
});

const Glyphs = z.object({
  kind: z.literal('glyphs'),
  text: z.string(),
  x: z.number(),
  y: z.number(),
  turn: z.union([z.literal(0), z.literal(-90)]),
  fill: z.string(),
  scale: z.number(),
  glyphs: z.array(z.object({ outline: z.string(), x: z.number(), y: z.number() })),
});

const Clip = z.object({
  kind: z.literal('clip'),
  box: z.object({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() }),
  shapes: z.array(z.discriminatedUnion('kind', [PathShape, Glyphs])),
});

/** The geometry of a figure in points, text as outlines: the page draws what the files hold. */
export const FigureDrawing = z
  .object({
    width: z.number(),
    height: z.number(),
    outlines: z.record(z.string(), z.string()),
    shapes: z.array(z.discriminatedUnion('kind', [PathShape, Glyphs, Clip])),
    notes: z.array(z.string()).describe('What did not fit.'),
  })
  .meta({ id: 'FigureDrawing' });
export type FigureDrawing = z.infer<typeof FigureDrawing>;

export const FigureTable = z.object({
  columns: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['number', 'text']),
      print: z
        .object({
          label: z.string(),
          unit: z.enum(['text', 'fraction', 'tokens', 'number', 'p', 'rank', 'metric']),
          decimals: z.int(),
          hasInterval: z.boolean(),
          names: z.string().optional().describe('The column that names its places 1, 2, 3 …'),
        })
        .optional()
        .describe('How the page heads and writes it, for tables of pages.'),
    }),
  ),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});

/** Cells as they are printed. */
const PrintedTable = z.object({
  head: z.array(z.string()),
  notes: z
    .array(z.string())
    .describe('How it is set to stay on the page of its venue, and what to leave out.'),
  isText: z.array(z.boolean()).describe('Of the columns behind the first: words.'),
  rows: z.array(
    z.object({
      label: z.string(),
      cells: z.array(z.object({ text: z.string(), isBest: z.boolean() })),
    }),
  ),
});

export const Figure = z
  .object({
    hash: FigureHash.describe('SHA-256 of the canonical JSON of the spec.'),
    dataHash: FigureHash.describe('Of the numbers as they are now.'),
    spec: FigureSpec.describe('With all defaults.'),
    verifiers: z.array(z.string()).describe('That judged what is shown.'),
    laconic: z.string().describe('Version of the program that draws.'),
    caption: z.object({ text: z.string(), latex: z.string() }),
    files: z.record(z.string(), z.string()).describe('Addresses by format.'),
    data: FigureTable.describe('The numbers that every file holds.'),
    drawing: FigureDrawing.nullable().describe('Null for a table.'),
    table: PrintedTable.nullable().describe('Null for a chart.'),
  })
  .meta({ id: 'Figure' });
export type Figure = z.infer<typeof Figure>;
