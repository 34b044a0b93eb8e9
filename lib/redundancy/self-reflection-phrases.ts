import { scanDetector } from './detector.ts';
import { SELF_REFLECTION_WORDS } from './keywords/lists.ts';
import { createPhraseMatcher } from './keywords/phrase-matcher.ts';

const matcher = createPhraseMatcher(SELF_REFLECTION_WORDS);

/** The fifteen phrases of Understanding R1-Zero-Like Training (arXiv 2503.20783), as whole words. */
export const selfReflectionPhrases = scanDetector({
  id: 'self-reflection-phrases',
  version: 1,
  label: 'Self-reflection phrases',
  description:
    'Counts fifteen phrases that speak of checking oneself, such as reconsider, double-check and think again, as whole words. Stricter than the seven words: plain contrast hardly enters.',
  detectIn: (scan) => matcher.find(scan),
});
