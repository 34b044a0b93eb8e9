import { scanDetector } from './detector.ts';
import { LASER_WORDS } from './keywords/lists.ts';
import { createPhraseMatcher } from './keywords/phrase-matcher.ts';

/** The seven words of LASER and SimpleRL-Zoo (arXiv 2505.15612, redundancy analysis; after arXiv 2502.03373). */
export const REFLECTION_KEYWORDS = LASER_WORDS.words;

const matcher = createPhraseMatcher(LASER_WORDS);

/** Reflection keywords as whole words: the default. "await" and "waiting" are no reflection. */
export const reflectionKeywords = scanDetector({
  id: 'reflection-keywords',
  version: 1,
  label: 'Reflection keywords',
  description:
    'Counts recheck, rethink, try again, wait, alternatively, retry and however as whole words, in any case. "However" also joins plain contrasts, so the count is an upper bound of reflections.',
  detectIn: (scan) => matcher.find(scan),
});
