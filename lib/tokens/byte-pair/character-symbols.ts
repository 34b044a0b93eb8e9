import { bytesOf } from './byte-text.ts';
import type { BytePairVocabulary } from './byte-pair-counter.ts';
import type { EndOfPiece } from './shared-pieces.ts';

const ASCII = 0x80;
/** All characters that are not ASCII. */
const OTHER = ASCII;
const WIDTH = ASCII + 1;
const SPACE = 0x20;

/** A vocabulary over characters: one that it lacks is written as the tokens of its bytes. */
export interface CharacterVocabulary {
  vocab: ReadonlyMap<string, number>;
  /** What stands for a space in the vocabulary; null when a space does. */
  space: string | null;
}

/** How a vocabulary over characters names a single byte. */
export function toByteToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}

/** Characters as symbols; throws when the tokens of single bytes are not all there. */
export function createCharacterSymbols({
  vocab,
  space,
}: CharacterVocabulary): BytePairVocabulary['toSymbols'] {
  const byteIds = Int32Array.from({ length: 256 }, (_, byte) => {
    const id = vocab.get(toByteToken(byte));
    if (id === undefined) throw new Error('The vocabulary lacks a token for a single byte.');
    return id;
  });
  const idsOf = new Map<number, number | null>();
  const spaceCode = space?.codePointAt(0) ?? SPACE;
  return ({ units, text }, { start, end }, { ids, at }) => {
    let length = 0;
    for (let i = start; i < end; i += 1) {
      const place = i;
      let code = units[i] ?? 0;
      if (code >= 0xd800 && code < 0xe000) {
        code = text.codePointAt(i) ?? code;
        if (code > 0xffff) i += 1;
      }
      if (code === SPACE) code = spaceCode;
      let id = idsOf.get(code);
      if (id === undefined) {
        id = vocab.get(String.fromCodePoint(code)) ?? null;
        idsOf.set(code, id);
      }
      const from = length;
      if (id !== null) ids[length++] = id;
      else
        for (const byte of bytesOf(String.fromCodePoint(code))) ids[length++] = byteIds[byte] ?? 0;
      at.fill(place, from, length);
    }
    return length;
  };
}

/**
 * Cuts where no token holds the two neighbours side by side, so that no merge can reach across: the merges of the
 * pieces are those of the whole text. All characters beyond ASCII count as one here.
 */
export function createSafeCuts({ vocab, space }: CharacterVocabulary): EndOfPiece {
  const joined = new Uint8Array(WIDTH * WIDTH);
  const slotOf = (unit: number): number => (unit < ASCII ? unit : OTHER);
  const spaceUnit = space?.charCodeAt(0) ?? SPACE;
  for (const token of vocab.keys()) {
    let before = -1;
    for (let i = 0; i < token.length; i += 1) {
      const unit = token.charCodeAt(i);
      const slot = unit === spaceUnit ? SPACE : slotOf(unit);
      if (before !== -1) joined[before * WIDTH + slot] = 1;
      before = slot;
    }
  }
  // The two halves of a pair, and what stands for a space when it is written as itself.
  joined[OTHER * WIDTH + OTHER] = 1;
  joined[SPACE * WIDTH + SPACE] = 1;
  const slotAt = (unit: number): number => (unit === spaceUnit ? SPACE : slotOf(unit));
  return ({ units, length }, start) => {
    let before = slotAt(units[start] ?? 0);
    for (let end = start + 1; end < length; end += 1) {
      const slot = slotAt(units[end] ?? 0);
      if (joined[before * WIDTH + slot] === 0) return end;
      before = slot;
    }
    return length;
  };
}
