import type { Feature } from './feature.ts';

/** Steps of a trace, parted by blank lines. */
export const stepCount: Feature = {
  id: 'step-count',
  version: 1,
  label: 'Steps',
  description:
    'Number of steps: paragraphs parted by blank lines, with display formulas and code kept whole and lines of fewer than about ten tokens joined to the next.',
  unit: 'count',
  measure: (scan) => scan.steps.length,
};
