import type { BytePairCounter } from './byte-pair/byte-pair-counter.ts';
import { endOfCl100kPiece } from './byte-pair/cl100k-pieces.ts';
import { createRankCounter } from './byte-pair/rank-vocabulary.ts';
import type { Tokenizer } from './tokenizer.ts';

/** The vocabulary cl100k_base. */
export const cl100k: Tokenizer = {
  id: 'cl100k',
  version: 1,
  label: 'cl100k',
  description: 'GPT-4, GPT-4 Turbo, GPT-3.5 Turbo.',
  load: loadCl100k,
};

/** The counter with ids, for comparison with other implementations. */
export async function loadCl100k(): Promise<BytePairCounter> {
  const { default: tokens } = await import('gpt-tokenizer/bpeRanks/cl100k_base');
  return createRankCounter(tokens, endOfCl100kPiece);
}
