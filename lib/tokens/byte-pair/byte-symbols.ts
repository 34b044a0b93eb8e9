import type { BytePairVocabulary } from './byte-pair-counter.ts';

/** A lone surrogate becomes U+FFFD, as every tokenizer in JavaScript does. */
const REPLACEMENT = 0xfffd;

/** The bytes of UTF-8 as symbols; `idOf` has the token of each byte. */
export function createByteSymbols(idOf: Int32Array): BytePairVocabulary['toSymbols'] {
  return ({ units, text }, { start, end }, { ids, at }) => {
    let length = 0;
    for (let i = start; i < end; i += 1) {
      let code = units[i] ?? 0;
      const place = i;
      if (code >= 0xd800 && code < 0xe000) {
        code = text.codePointAt(i) ?? code;
        if (code > 0xffff) i += 1;
        else code = REPLACEMENT;
      }
      const from = length;
      if (code < 0x80) ids[length++] = idOf[code] ?? 0;
      else {
        if (code < 0x800) ids[length++] = idOf[0xc0 | (code >> 6)] ?? 0;
        else {
          if (code < 0x10000) ids[length++] = idOf[0xe0 | (code >> 12)] ?? 0;
          else {
            ids[length++] = idOf[0xf0 | (code >> 18)] ?? 0;
            ids[length++] = idOf[0x80 | ((code >> 12) & 63)] ?? 0;
          }
          ids[length++] = idOf[0x80 | ((code >> 6) & 63)] ?? 0;
        }
        ids[length++] = idOf[0x80 | (code & 63)] ?? 0;
      }
      at.fill(place, from, length);
    }
    return length;
  };
}
