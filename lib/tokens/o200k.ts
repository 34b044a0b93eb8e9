import type { BytePairCounter } from './byte-pair/byte-pair-counter.ts';
import { endOfO200kPiece } from './byte-pair/o200k-pieces.ts';
import { createRankCounter } from './byte-pair/rank-vocabulary.ts';
import type { Tokenizer } from './tokenizer.ts';

/** The vocabulary o200k_base. */
export const o200k: Tokenizer = {
  id: 'o200k',
  version: 1,
  label: 'o200k',
  description: 'GPT-4o, GPT-4.1, GPT-5, o1, o3, o4-mini; gpt-oss counts plain text the same.',
  load: loadO200k,
};

/** The counter with ids, for comparison with other implementations. */
export async function loadO200k(): Promise<BytePairCounter> {
  const { default: tokens } = await import('gpt-tokenizer/bpeRanks/o200k_base');
  return createRankCounter(tokens, endOfO200kPiece);
}
