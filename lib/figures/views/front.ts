import { FrontChoice, readFront } from './front-query.ts';
import type { FigureView } from './view.ts';

/** The runs of a front chart, from few tokens to many, and who dominates whom. */
export const front: FigureView<FrontChoice> = {
  id: 'front',
  label: 'Runs of the front',
  description: 'Tokens, accuracy and probability of the front of each run, and what dominates it.',
  query: FrontChoice,
  example: { board: { benchmark: 'laconic-demo' } },
  async read(query, sources) {
    const { front: found, facts } = await readFront(query, 'Runs by their front', sources);
    return {
      facts,
      columns: {
        run: { label: 'Run', unit: 'text' },
        model: { label: 'Model', unit: 'text' },
        tokens: { label: 'Tokens', unit: 'tokens' },
        accuracy: { label: 'Accuracy (%)', unit: 'fraction', decimals: 1 },
        on_front: { label: 'On the front', unit: 'text' },
        probability: { label: 'Share of resamples on it', unit: 'number', decimals: 2 },
        dominated_by: { label: 'Dominated by', unit: 'text' },
      },
      keys: ['run_id', 'mark'],
      rows: found.runs.map((run) => ({
        ...{ run: run.label, run_id: run.runId, model: run.model, mark: run.mark },
        ...{ tokens: run.tokens, accuracy: run.accuracy, probability: run.probability },
        on_front: run.isOnFront === null ? null : run.isOnFront ? 'yes' : 'no',
        dominated_by: run.dominatedBy.map(({ label }) => label).join(', ') || null,
      })),
    };
  },
};
