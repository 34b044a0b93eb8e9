import everyWord from 'an-array-of-english-words' with { type: 'json' };

const PLAIN = /^(?=.*[aeiou])[a-z]{4,9}$/u;
const INFLECTED = /(?:s|ed|ing)$/u;
/** Right by the rule, but not fit for an exercise. */
const LEFT_OUT = new Set(['retard']);

/**
 * Verbs that readers know. The list of all words holds rare ones too; what a language uses much it also inflects much,
 * so a word is kept when its forms in -s, -ed and -ing are listed, and in -er, and one with -able, re- or un-.
 */
export const PLAIN_WORDS: readonly string[] = plainWords(everyWord);

function plainWords(words: readonly string[]): string[] {
  const all = new Set(words);
  return words.filter((word) => {
    if (!PLAIN.test(word) || INFLECTED.test(word) || LEFT_OUT.has(word)) return false;
    const stem = word.endsWith('y') ? `${word.slice(0, -1)}i` : word.replace(/e$/u, '');
    const active = word.replace(/e$/u, '');
    return (
      all.has(`${stem}ed`) &&
      all.has(`${active}ing`) &&
      (all.has(`${word}s`) || all.has(`${stem}es`)) &&
      all.has(`${stem}er`) &&
      [`${stem}able`, `${word}able`, `re${word}`, `un${stem}ed`].some((form) => all.has(form))
    );
  });
}
