import { z } from 'zod';
import { Slice } from './board.ts';
import { Uuid } from './identifiers.ts';

const Fraction = z.coerce.number().min(0).max(1);

export const LevelsQuery = z
  .strictObject({
    low: Fraction.default(0.2).describe('Accuracy from which on a level fits.'),
    high: Fraction.default(0.8).describe('Accuracy up to which a level fits.'),
    label: z.string().min(1).max(64).default('level').describe('The label of the items to go by.'),
    slice: Slice.default([]).describe(
      'Only the items with these labels, since a level of one task is none of another: `label:value` with commas between, such as `task:sudoku`. Values of one label add up, labels narrow down.',
    ),
  })
  .refine(({ low, high }) => low <= high, { path: ['high'], error: 'must not be below low' });

const LevelPoint = z.object({
  level: z.number(),
  items: z.int(),
  accuracy: z.number().nullable(),
  tokensMean: z.number().nullable(),
});

export const RunLevels = z
  .object({
    run: Uuid,
    label: z.string(),
    slice: z.array(z.string()),
    points: z
      .array(LevelPoint)
      .describe('By rising level; empty when its items have no numbers there.'),
    chosen: LevelPoint.nullable().describe(
      'Of the levels in the band the one nearest to its middle; null when none lies in it.',
    ),
  })
  .meta({ id: 'RunLevels' });
