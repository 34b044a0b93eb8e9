import { scanDetector, type Span } from '../detector.ts';
import { PREMISE_DOUBT_WORDS } from '../keywords/lists.ts';
import { createPhraseMatcher } from '../keywords/phrase-matcher.ts';

const matcher = createPhraseMatcher(PREMISE_DOUBT_WORDS);
const BLANK_LINE = /\n\n/gu;

/** The eight marks of overthinking on questions without a sound premise (MiP-Overthinking, arXiv 2504.06514). */
export const premiseDoubtKeywords = scanDetector({
  id: 'premise-doubt-keywords',
  version: 1,
  label: 'Premise-doubt keywords',
  description:
    'Counts alternatively, wait, check, but, maybe, might and perhaps as whole words, and blank lines as the eighth mark, as the study of questions with a missing premise does.',
  detectIn(scan) {
    const blank: Span[] = [];
    for (const { index } of scan.text.matchAll(BLANK_LINE))
      blank.push({ start: index, end: index + 2, label: 'blank line' });
    return [...matcher.find(scan), ...blank].sort((a, b) => a.start - b.start);
  },
});
