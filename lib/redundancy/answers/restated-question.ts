import type { Span } from '../detector.ts';
import { hashNgrams } from '../scan/ngrams.ts';
import type { TextScan } from '../scan/text-scan.ts';

const SHINGLE_WORDS = 5;

export interface RestatedQuestion {
  /** Passages of the text that stand in the question, at least five words long. */
  spans: Span[];
  /** Share of the question's runs of five words that the text says again; null for shorter questions. */
  share: number | null;
}

/** Passages that copy the question word for word: the redundant restating of Qu et al. 2025 (arXiv 2503.21614). */
export function findRestatedQuestion(text: TextScan, question: TextScan): RestatedQuestion {
  const asked = new Map<number, number>();
  const questionGrams = hashNgrams(question.words, SHINGLE_WORDS);
  for (let i = 0; i < questionGrams.count; i += 1)
    asked.set(questionGrams.first[i] ?? 0, questionGrams.second[i] ?? 0);
  if (asked.size === 0) return { spans: [], share: null };

  const grams = hashNgrams(text.words, SHINGLE_WORDS);
  const said = new Set<number>();
  const spans: Span[] = [];
  let lastWord = -1;
  for (let i = 0; i < grams.count; i += 1) {
    const hash = grams.first[i] ?? 0;
    if (asked.get(hash) !== grams.second[i]) continue;
    said.add(hash);
    const end = text.words.ends[i + SHINGLE_WORDS - 1] ?? 0;
    const open = spans.at(-1);
    if (open !== undefined && i <= lastWord) open.end = end;
    else spans.push({ start: text.words.starts[i] ?? 0, end, label: 'restated question' });
    lastWord = i + SHINGLE_WORDS - 1;
  }
  return { spans, share: said.size / asked.size };
}
