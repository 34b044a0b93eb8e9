import type { Feature } from './feature.ts';

/** −Σ p log₂ p over UTF-16 units (Shannon 1948). English prose has about 4.3 bits; a loop over few characters far less. */
export const characterEntropy: Feature = {
  id: 'character-entropy',
  version: 1,
  label: 'Character entropy',
  description:
    'Entropy of single characters in bits. Low values betray loops over few characters; it says nothing of repeated sentences.',
  unit: 'bits',
  measure({ text }) {
    if (text.length === 0) return null;
    const ascii = new Uint32Array(128);
    const others = new Map<number, number>();
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code < 128) ascii[code] = (ascii[code] ?? 0) + 1;
      else others.set(code, (others.get(code) ?? 0) + 1);
    }
    let bits = 0;
    for (const count of [...ascii, ...others.values()]) {
      if (count > 0) bits -= (count / text.length) * Math.log2(count / text.length);
    }
    return bits;
  },
};
