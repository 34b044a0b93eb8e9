import type { Detector, Span } from './detector.ts';

/** The seven words of LASER and SimpleRL-Zoo (arXiv 2505.15612, redundancy analysis; after arXiv 2502.03373). */
export const REFLECTION_KEYWORDS = [
  'recheck',
  'rethink',
  'try again',
  'wait',
  'alternatively',
  'retry',
  'however',
] as const;

/** "await" and "waiting" are no reflection, and a line break inside "try again" changes nothing. */
const WHOLE_WORDS = new RegExp(
  String.raw`(?<![\p{L}\p{N}_])(?:${REFLECTION_KEYWORDS.join('|').replace(' ', String.raw`\s+`)})(?![\p{L}\p{N}_])`,
  'giu',
);

/** Reflection keywords as whole words: the default. */
export const reflectionKeywords: Detector = {
  id: 'reflection-keywords',
  version: 1,
  label: 'Reflection keywords',
  description:
    'Counts recheck, rethink, try again, wait, alternatively, retry and however as whole words, in any case. "However" also joins plain contrasts, so the count is an upper bound of reflections.',
  detect(text) {
    const spans: Span[] = [];
    for (const match of text.matchAll(WHOLE_WORDS)) {
      const label = match[0].toLowerCase().replace(/\s+/u, ' ');
      spans.push({ start: match.index, end: match.index + match[0].length, label });
    }
    return spans;
  },
};
