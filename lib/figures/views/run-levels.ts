import { z } from 'zod';
import { toLevelCurve } from '#lib/leaderboard/level-curve.ts';
import { AppError } from '#lib/errors.ts';
import { describeSlice } from '#lib/leaderboard/item-slice.ts';
import { findRunId, ItemSlice } from '../run-choice.ts';
import { runFacts } from '../run-facts.ts';
import { OneRun } from './run-query.ts';
import type { FigureView } from './view.ts';

const LevelsOfRun = OneRun.extend({ slice: ItemSlice });

/** How accuracy falls and length grows with the level of the items. */
export const runLevels: FigureView<z.infer<typeof LevelsOfRun>> = {
  id: 'run-levels',
  label: 'Difficulty curve',
  description: 'Accuracy and mean tokens of a run by the numeric level of its items.',
  query: LevelsOfRun,
  example: { run: { benchmark: 'laconic-demo', label: 'search-unlimited' } },
  async read({ run, column, slice = [] }, sources) {
    const found = await sources.run(await findRunId(run, sources), column);
    const points = toLevelCurve(await sources.groups({ id: found.id, column, slice }));
    const part = slice.length === 0 ? '' : ` (${describeSlice(slice)})`;
    if (points.length === 0)
      throw new AppError(
        'unprocessable',
        `The items of "${found.label}"${part} have no numeric levels.`,
      );
    return {
      facts: runFacts([found], `Accuracy and mean tokens of ${found.label} by level${part}`),
      columns: {
        level: { label: 'Level', unit: 'number' },
        items: { label: 'Items', unit: 'number' },
        accuracy: { label: 'Accuracy (%)', unit: 'fraction', decimals: 1 },
        tokens: { label: 'Mean tokens', unit: 'tokens' },
      },
      rows: points.map(({ level, items, accuracy, tokensMean }) => ({
        ...{ level, items, accuracy, tokens: tokensMean },
      })),
    };
  },
};
