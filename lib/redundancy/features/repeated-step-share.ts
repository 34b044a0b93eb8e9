import { findRepeatedSteps } from '../scan/repeated-steps.ts';
import type { Feature } from './feature.ts';

/** Share of the text's steps, by characters, that repeat an earlier one: the redundant share of the trace. */
export const repeatedStepShare: Feature = {
  id: 'repeated-step-share',
  version: 1,
  label: 'Text in repeated steps',
  description:
    'Share of the characters of all steps that stand in steps which repeat an earlier one. Null for a text of one step.',
  unit: 'share',
  measure(scan) {
    if (scan.steps.length < 2) return null;
    const lengthOf = (steps: readonly { start: number; end: number }[]): number =>
      steps.reduce((sum, { start, end }) => sum + end - start, 0);
    return lengthOf(findRepeatedSteps(scan)) / lengthOf(scan.steps);
  },
};
