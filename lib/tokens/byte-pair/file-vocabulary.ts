import { AppError } from '#lib/errors.ts';

import { createBytePairCounter, type BytePairCounter } from './byte-pair-counter.ts';
import { byteAlphabet } from './byte-alphabet.ts';
import { createByteSymbols } from './byte-symbols.ts';
import { createCharacterSymbols, createSafeCuts, toByteToken } from './character-symbols.ts';
import type { MergeRules } from './merge.ts';
import { PairTable } from './pair-table.ts';
import { createPatternPieces } from './pattern-pieces.ts';
import {
  readNormalizer,
  readPreTokenizer,
  type Reading,
  type TokenizerFile,
} from './tokenizer-file.ts';
import type { EndOfPiece } from './shared-pieces.ts';

/**
 * The counter of a `tokenizer.json` (byte-pair encoding over bytes, or over characters with byte fallback). Added tokens
 * are plain text. Throws `invalid_input` that names the part which is not known here.
 */
export function createFileCounter(file: TokenizerFile): BytePairCounter {
  const { model } = file;
  if (model.type !== undefined && model.type !== 'BPE') refuse(`the model ${model.type}`);
  if (model.continuing_subword_prefix || model.end_of_word_suffix) refuse('a mark inside words');
  if (model.dropout) refuse('a dropout, by which the same text has different tokens');
  const { isComposed, space } = known(readNormalizer(file.normalizer));
  const { patterns, isByteLevel } = known(readPreTokenizer(file.pre_tokenizer, space));
  const vocab = new Map(Object.entries(model.vocab));
  const rules = createRules(vocab, model.merges);
  if (!isByteLevel) {
    const hasBytes = Array.from({ length: 256 }, (_, byte) => toByteToken(byte)).every((token) =>
      vocab.has(token),
    );
    if (!hasBytes || model.byte_fallback !== true || patterns.length > 0 || isComposed) {
      refuse('a vocabulary that is neither over bytes nor over characters with byte fallback');
    }
    return createBytePairCounter({
      rules,
      isComposed,
      endOfPiece: createSafeCuts({ vocab, space }),
      toSymbols: createCharacterSymbols({ vocab, space }),
      wholePiece: null,
    });
  }
  if (space !== null) refuse('a normalizer that replaces spaces before bytes');
  const alphabet = byteAlphabet();
  const byteIds = Int32Array.from(alphabet, (character) => {
    const id = vocab.get(character);
    if (id === undefined) refuse('a vocabulary that lacks a token for a single byte');
    return id;
  });
  return createBytePairCounter({
    rules,
    isComposed,
    endOfPiece: readPieces(patterns),
    toSymbols: createByteSymbols(byteIds),
    wholePiece:
      model.ignore_merges === true
        ? (text, start, end) => vocab.get(toVisible(text.slice(start, end), alphabet))
        : null,
  });
}

function createRules(
  vocab: ReadonlyMap<string, number>,
  merges: TokenizerFile['model']['merges'],
): MergeRules {
  const pairs = new PairTable(merges.length);
  const merged = new Int32Array(merges.length);
  merges.forEach((merge, rank) => {
    const [left = '', right = ''] = typeof merge === 'string' ? merge.split(' ') : merge;
    const [leftId, rightId, id] = [vocab.get(left), vocab.get(right), vocab.get(left + right)];
    if (leftId === undefined || rightId === undefined || id === undefined) {
      refuse(`a merge of what is not in its vocabulary (number ${String(rank)})`);
    }
    pairs.add(leftId, rightId, rank);
    merged[rank] = id;
  });
  return {
    rankOf: (left, right) => pairs.get(left, right) ?? -1,
    mergedOf: (rank) => merged[rank] ?? 0,
  };
}

function readPieces(patterns: readonly string[]): EndOfPiece {
  try {
    return createPatternPieces(patterns);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new AppError(
      'invalid_input',
      `The tokenizer has a pattern that can not be read here: ${cause.message}`,
      {
        cause,
      },
    );
  }
}

const encoder = new TextEncoder();

function toVisible(text: string, alphabet: readonly string[]): string {
  let visible = '';
  for (const byte of encoder.encode(text)) visible += alphabet[byte] ?? '';
  return visible;
}

function known<T>(reading: Reading<T>): T {
  return 'unknown' in reading ? refuse(reading.unknown) : reading.value;
}

function refuse(what: string): never {
  throw new AppError('invalid_input', `The tokenizer has ${what}, which is not known here.`);
}
