/** Advance widths of Times in ems, by kind of letter; digits are exact, the rest is right to a few percent over a heading. */
const KINDS: readonly (readonly [RegExp, number])[] = [
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u, 1],
  [/[\s.,:;'|!iljtfrI/()[\]-]/u, 0.3],
  [/[mwMW%@&±]/u, 0.8],
  [/\p{Lu}/u, 0.67],
];
const OTHERS = 0.5;

/** About how wide a text is set, in ems. Unlike a font it knows every letter, so that a table of any names has a width. */
export function textEms(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + letterEms(letter), 0);
}

function letterEms(letter: string): number {
  return KINDS.find(([kind]) => kind.test(letter))?.[1] ?? OTHERS;
}
