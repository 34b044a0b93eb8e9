/** "a", "a and b", "a, b and c"; with another `last`, "a, b or c". */
export function listWords(words: readonly (string | number)[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}
