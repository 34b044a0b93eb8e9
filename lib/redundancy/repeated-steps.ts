import { scanDetector } from './detector.ts';
import { findRepeatedSteps } from './scan/repeated-steps.ts';

/** Steps that say what an earlier step said, by their shared runs of five words (a stand-in for sentence embeddings). */
export const repeatedSteps = scanDetector({
  id: 'repeated-steps',
  version: 1,
  label: 'Repeated steps',
  description:
    'Counts steps, parted by blank lines, that share at least 80 % of their runs of five words with one earlier step. A stand-in for similarity of meaning: a step in other words is not found.',
  detectIn: (scan) =>
    findRepeatedSteps(scan).map(({ start, end }) => ({ start, end, label: 'repeated step' })),
});
