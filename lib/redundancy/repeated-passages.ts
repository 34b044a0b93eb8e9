import { scanDetector, type Span } from './detector.ts';

const WORDS = 20;

/** Passages of twenty or more words that stood there before, as the repetition penalty of arXiv 2502.03373 sees them (n = 20). */
export const repeatedPassages = scanDetector({
  id: 'repeated-passages',
  version: 1,
  label: 'Repeated passages',
  description:
    'Counts passages of at least 20 words that stand word for word earlier in the text. A loop is one long passage.',
  detectIn(scan) {
    const { words } = scan;
    const first = scan.ngrams(WORDS);
    const spans: Span[] = [];
    let lastWord = -1;
    for (let i = 0; i < first.length; i += 1) {
      if (first[i] === i) continue;
      const end = words.ends[i + WORDS - 1] ?? 0;
      const open = spans.at(-1);
      if (open !== undefined && i <= lastWord) open.end = end;
      else spans.push({ start: words.starts[i] ?? 0, end, label: 'repeated passage' });
      lastWord = i + WORDS - 1;
    }
    return spans;
  },
});
