import type { Span } from '../detector.ts';
import type { TextScan } from '../scan/text-scan.ts';
import { hashWord } from '../scan/words.ts';
import { firstWord, isCandidate } from './candidates.ts';
import type { KeywordList } from './keyword-list.ts';

interface Phrase {
  label: string;
  words: string[];
  /** What stands between word i and word i + 1. */
  joins: ('space' | 'hyphen')[];
}

/** Finds whole-word phrases in a scan; made once for a list. */
export interface PhraseMatcher {
  /** In order, not overlapping: the longest phrase at a word wins, and its words are used up. */
  find(scan: TextScan): Span[];
}

export function createPhraseMatcher(list: KeywordList): PhraseMatcher {
  const byFirst = new Map<number, Phrase[]>();
  for (const label of list.words) {
    const hash = hashWord(firstWord(label));
    if (!isCandidate(hash)) throw new Error(`The list ${list.id} is not one of the known lists.`);
    byFirst.set(hash, [...(byFirst.get(hash) ?? []), toPhrase(label)]);
  }
  for (const phrases of byFirst.values()) phrases.sort((a, b) => b.words.length - a.words.length);

  return {
    find(scan) {
      const spans: Span[] = [];
      const { hashes, starts, ends } = scan.words;
      let next = 0;
      for (const word of scan.keywordCandidates) {
        if (word < next) continue;
        const phrases = byFirst.get(hashes[word] ?? 0);
        const phrase = phrases?.find((candidate) => matches(scan, word, candidate));
        if (phrase === undefined) continue;
        next = word + phrase.words.length;
        spans.push({ start: starts[word] ?? 0, end: ends[next - 1] ?? 0, label: phrase.label });
      }
      return spans;
    },
  };
}

function toPhrase(label: string): Phrase {
  const joins = [...label.matchAll(/[ -]/gu)].map(([join]) =>
    join === '-' ? ('hyphen' as const) : ('space' as const),
  );
  return { label, words: label.split(/[ -]/u), joins };
}

function matches({ text, words }: TextScan, first: number, phrase: Phrase): boolean {
  const { starts, ends, count } = words;
  if (first + phrase.words.length > count) return false;
  for (let i = 0; i < phrase.words.length; i += 1) {
    const word = phrase.words[i] ?? '';
    const start = starts[first + i] ?? 0;
    const end = ends[first + i] ?? 0;
    if (end - start !== word.length) return false;
    if (!text.startsWith(word, start) && text.slice(start, end).toLowerCase() !== word)
      return false;
    const join = phrase.joins[i];
    if (join !== undefined && !isJoined(text.slice(end, starts[first + i + 1]), join)) return false;
  }
  return true;
}

function isJoined(gap: string, join: 'space' | 'hyphen'): boolean {
  return join === 'hyphen' ? gap === '-' : /^\s+$/u.test(gap);
}
