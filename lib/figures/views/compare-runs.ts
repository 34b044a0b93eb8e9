import { ComparedRuns, factsOfRuns, readComparison } from './run-query.ts';
import type { FigureView } from './view.ts';

/** The runs of a comparison with their place on their common front. */
export const compareRuns: FigureView<ComparedRuns> = {
  id: 'compare-runs',
  label: 'Compared runs',
  description: 'Accuracy, tokens and probability of the front of the runs of a comparison.',
  query: ComparedRuns,
  example: exampleRuns(),
  async read(query, sources) {
    const { runs } = await readComparison(query, sources);
    const ids = runs.map(({ id }) => id);
    return {
      facts: await factsOfRuns(ids, { subject: 'Compared runs' }, sources),
      columns: {
        run: { label: 'Run', unit: 'text' },
        model: { label: 'Model', unit: 'text' },
        accuracy: { label: 'Accuracy (%)', unit: 'fraction', decimals: 2 },
        tokens: { label: 'Tokens', unit: 'tokens' },
        on_front: { label: 'On their front', unit: 'text' },
        probability: { label: 'Share of resamples on it', unit: 'number', decimals: 2 },
      },
      keys: ['run_id'],
      rows: runs.map(({ id, label, model, accuracy, tokens, isOnFront, probability }) => ({
        ...{ run: label, run_id: id, model, accuracy, tokens, probability },
        on_front: isOnFront ? 'yes' : 'no',
      })),
    };
  },
};

function exampleRuns() {
  const labels = ['careful-512', 'guess'];
  return { runs: labels.map((label) => ({ benchmark: 'laconic-demo', label })) };
}
