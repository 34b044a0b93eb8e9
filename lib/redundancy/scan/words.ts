/** The words of a text in order: runs of letters, digits and underscores. Offsets are UTF-16 units, `ends` excluded. */
export interface WordScan {
  count: number;
  starts: Int32Array;
  ends: Int32Array;
  /** Of the lower-cased word. Equal words have equal hashes; the reverse must be checked. */
  hashes: Int32Array;
}

/** The lower-cased code of a word character, 0 for any other. */
const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code).toLowerCase();
  return /[a-z0-9_]/u.test(character) ? character.charCodeAt(0) : 0;
});
/** The same for the rest of the basic plane, looked up once a character: the property test is slow. -1 is "not yet". */
const BASIC_PLANE = new Int32Array(0x10000).fill(-1);
const WORD_CHARACTER = /[\p{L}\p{N}]/u;

const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** One pass; text without spaces between its words comes out as few long words. */
export function scanWords(text: string): WordScan {
  let starts = new Int32Array((text.length >> 2) + 16);
  let ends = new Int32Array(starts.length);
  let hashes = new Int32Array(starts.length);
  let count = 0;
  let start = -1;
  let hash = SEED;
  const { length } = text;
  for (let i = 0; i <= length; i += 1) {
    const code = i < length ? text.charCodeAt(i) : 0;
    const lower = code < 128 ? (ASCII[code] ?? 0) : lowerOf(text, i, code);
    if (lower !== 0) {
      if (start < 0) start = i;
      hash = Math.imul(hash ^ lower, PRIME);
    } else if (start >= 0) {
      if (count === starts.length) {
        starts = grow(starts);
        ends = grow(ends);
        hashes = grow(hashes);
      }
      starts[count] = start;
      ends[count] = i;
      hashes[count] = hash;
      count += 1;
      start = -1;
      hash = SEED;
    }
  }
  return { count, starts, ends, hashes };
}

/** The hash that `scanWords` gives to a word. */
export function hashWord(word: string): number {
  let hash = SEED;
  for (let i = 0; i < word.length; i += 1) {
    const code = word.charCodeAt(i);
    hash = Math.imul(hash ^ (code < 128 ? (ASCII[code] ?? 0) : lowerOf(word, i, code)), PRIME);
  }
  return hash;
}

function lowerOf(text: string, index: number, code: number): number {
  if (code >= 0xd800 && code < 0xe000) return surrogateLower(text, index, code);
  const known = BASIC_PLANE[code] ?? 0;
  if (known >= 0) return known;
  const character = String.fromCharCode(code);
  const lower = WORD_CHARACTER.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
  BASIC_PLANE[code] = lower;
  return lower;
}

/** Both halves of a pair belong to the same character; a lone half is no letter. */
function surrogateLower(text: string, index: number, code: number): number {
  const first = code < 0xdc00 ? index : index - 1;
  const point = text.codePointAt(Math.max(0, first)) ?? 0;
  if (point < 0x10000) return 0;
  return WORD_CHARACTER.test(String.fromCodePoint(point)) ? code : 0;
}

function grow(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
