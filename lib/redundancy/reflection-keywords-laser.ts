import type { Detector, Span } from './detector.ts';
import { REFLECTION_KEYWORDS } from './reflection-keywords.ts';

/** A look-ahead, because "retry again" holds two keywords that share letters and the paper counts both. */
const ANYWHERE = new RegExp(`(?=(${REFLECTION_KEYWORDS.join('|')}))`, 'giu');

/**
 * Reflection keywords as LASER counts them (arXiv 2505.15612, redundancy analysis): occurrences of each
 * word in the lower-cased text, also inside other words. For comparison with published figures.
 */
export const reflectionKeywordsLaser: Detector = {
  id: 'reflection-keywords-laser',
  version: 1,
  label: 'Reflection keywords, as in LASER',
  description:
    'Counts the same seven words as the LASER paper does: anywhere in the lower-cased text, so that "await" and "waiting" count too.',
  detect(text) {
    const spans: Span[] = [];
    let covered = 0;
    for (const match of text.matchAll(ANYWHERE)) {
      const keyword = match[1] ?? '';
      const end = match.index + keyword.length;
      spans.push({ start: Math.max(match.index, covered), end, label: keyword.toLowerCase() });
      covered = end;
    }
    return spans;
  },
};
