import { scanDetector } from '../detector.ts';
import { ACTION_POINT_WORDS } from '../keywords/lists.ts';
import { createPhraseMatcher } from '../keywords/phrase-matcher.ts';

const matcher = createPhraseMatcher(ACTION_POINT_WORDS);

/** The words before which DEER (arXiv 2504.15895) asks whether the model could stop, as whole words. */
export const actionPoints = scanDetector({
  id: 'action-points',
  version: 1,
  label: 'Action points',
  description:
    'Counts wait and alternatively: the places where DEER asks a model whether it could answer already.',
  detectIn: (scan) => matcher.find(scan),
});
