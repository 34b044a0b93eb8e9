import { AppError } from '#lib/errors.ts';
import { FrontChoice, readFront } from './front-query.ts';
import { withInterval, type FigureView } from './view.ts';

/** What each family of a board dominates. */
export const frontFamilies: FigureView<FrontChoice> = {
  id: 'front-families',
  label: 'Hypervolume of families',
  description: 'The area between the front of each family and the reference, on both axes.',
  query: FrontChoice,
  example: { board: { benchmark: 'laconic-demo' } },
  async read(query, sources) {
    const { front, facts } = await readFront(query, 'Hypervolume of families', sources);
    const { reference, families } = front;
    if (reference === null || families.length === 0)
      throw new AppError('unprocessable', 'No run that passes the filters belongs to a family.');
    const ordered = families.toSorted(
      (a, b) => (b.hypervolume?.linear ?? 0) - (a.hypervolume?.linear ?? 0),
    );
    const corner = `${String(reference.tokens)} tokens at ${String(100 * reference.accuracy)} %`;
    return {
      facts: { ...facts, notes: [`Hypervolume against ${corner}; more is better.`] },
      columns: {
        family: { label: 'Family', unit: 'text' },
        model: { label: 'Model', unit: 'text' },
        parameter: { label: 'Over', unit: 'text' },
        points: { label: 'Points', unit: 'number' },
        linear: { label: 'Linear (tokens)', unit: 'tokens', hasInterval: true },
        log: { label: 'Log (nats)', unit: 'number', decimals: 3, hasInterval: true },
      },
      rows: ordered.map(({ family, model, parameter, points, hypervolume, interval }) => ({
        ...{ family, model, parameter, points },
        ...withInterval('linear', hypervolume?.linear ?? null, interval?.linear),
        ...withInterval('log', hypervolume?.log ?? null, interval?.log),
      })),
    };
  },
};
