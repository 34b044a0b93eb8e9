import { expect, test } from 'vitest';

import { createTokenRuler } from '#lib/redundancy/transcript/token-ruler.ts';
import { createRng } from '#lib/rng.ts';
import { tokenizers } from '#lib/tokens/index.ts';

const WORDS = [
  'Wait,',
  'the',
  'sum',
  'of',
  '$x^2$',
  '=',
  '12.5',
  '\n\n',
  'naïve',
  '你好',
  '😀',
  '```',
  ' ',
];

test.each(['o200k', 'qwen2.5'])('places by %s add up to the count of the text', async (id) => {
  const counter = await tokenizers.get(id).load();
  for (let seed = 0; seed < 20; seed += 1) {
    const rng = createRng('ruler', seed);
    const text = Array.from({ length: 1500 }, () => rng.pick(WORDS)).join(' ');
    const ruler = createTokenRuler(text, counter);
    expect(ruler.tokens, `seed ${String(seed)}`).toBe(counter.count(text));
    expect(ruler.at(text.length)).toBe(ruler.tokens);
    let last = 0;
    for (let at = 0; at < text.length; at += 97) {
      expect(ruler.at(at)).toBeGreaterThanOrEqual(last - 1);
      expect(Math.abs(ruler.at(at) - counter.count(text.slice(0, at)))).toBeLessThanOrEqual(1);
      last = ruler.at(at);
    }
  }
});
