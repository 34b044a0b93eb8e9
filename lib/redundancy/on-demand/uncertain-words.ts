import { scanDetector } from '../detector.ts';
import { UNCERTAIN_WORDS } from '../keywords/lists.ts';
import { createPhraseMatcher } from '../keywords/phrase-matcher.ts';

const matcher = createPhraseMatcher(UNCERTAIN_WORDS);

/** The six words by which Dynasor (arXiv 2412.20993) takes an early answer as uncertain, as whole words. */
export const uncertainWords = scanDetector({
  id: 'uncertain-words',
  version: 1,
  label: 'Uncertain words',
  description:
    'Counts wait, hold, but, okay, no and hmm, which Dynasor reads as doubt in an early answer, as whole words.',
  detectIn: (scan) => matcher.find(scan),
});
