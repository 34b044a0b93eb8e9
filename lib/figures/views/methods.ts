import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { filterMethods } from '#lib/leaderboard/filter-methods.ts';
import { NO_FACTS } from '../figure-data.ts';
import type { FigureView } from './view.ts';

const Query = z.strictObject({
  q: z.string().max(200).default('').describe('Words that must all occur.'),
  stage: z.array(z.string().max(200)).max(40).default([]),
});
type Query = z.infer<typeof Query>;

/** The catalogue of methods under the filters of its page. */
export const methods: FigureView<Query> = {
  id: 'methods',
  label: 'Catalogue of methods',
  description: 'Methods with their stage, mechanism, paper and number of runs.',
  query: Query,
  example: {},
  async read(query, sources) {
    const found = filterMethods((await sources.methods()).methods, query);
    if (found.length === 0) throw new AppError('unprocessable', 'No method passes these filters.');
    return {
      facts: { ...NO_FACTS, subject: `${String(found.length)} methods of efficient reasoning` },
      columns: {
        method: { label: 'Method', unit: 'text' },
        stage: { label: 'Stage', unit: 'text' },
        mechanism: { label: 'Mechanism', unit: 'text' },
        arxiv: { label: 'arXiv', unit: 'text' },
        runs: { label: 'Runs', unit: 'number' },
      },
      rows: found.map(({ name, stage, mechanism, arxiv, runs }) => ({
        ...{ method: name, stage, mechanism, arxiv, runs },
      })),
    };
  },
};
