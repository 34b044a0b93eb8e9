import { scanDetector } from '../detector.ts';
import { THOUGHT_MARKER_WORDS } from '../keywords/lists.ts';
import { createPhraseMatcher } from '../keywords/phrase-matcher.ts';

const matcher = createPhraseMatcher(THOUGHT_MARKER_WORDS);

/** The three openings at which ThinkEval of EvalScope starts a new thought, as whole words. */
export const thoughtMarkers = scanDetector({
  id: 'thought-markers',
  version: 1,
  label: 'Thought markers',
  description:
    'Counts alternatively, but wait and let me reconsider. ThinkEval takes their number as the number of further thoughts.',
  detectIn: (scan) => matcher.find(scan),
});
