import type { KeywordList } from './keyword-list.ts';

/**
 * How often each keyword occurs in the lower-cased text, also inside other words: the mode of programmes that search for
 * substrings. Each keyword is counted by itself, so "double-check" also counts "check". Keywords that do not occur are missing.
 */
export function countSubstrings(text: string, list: KeywordList): Record<string, number> {
  const lower = withoutExceptions(text.toLowerCase(), list.exceptions ?? []);
  const counts: Record<string, number> = {};
  for (const word of list.words) {
    let count = 0;
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length))
      count += 1;
    if (count > 0) counts[word] = count;
  }
  return counts;
}

function withoutExceptions(text: string, exceptions: readonly string[]): string {
  return exceptions.reduce(
    (rest, exception) => rest.replaceAll(exception, '\u0000'.repeat(exception.length)),
    text,
  );
}
