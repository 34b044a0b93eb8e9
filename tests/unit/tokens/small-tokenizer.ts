import { byteAlphabet } from '#lib/tokens/byte-pair/byte-alphabet.ts';
import { createRng, type Rng } from '#lib/rng.ts';

const WORDS = [
  'the',
  ' the',
  ' answer',
  ' is',
  'wait',
  '12',
  ' 345',
  "'s",
  'ing',
  '\n\n',
  '日本',
  ' é',
  '...',
];

/** A tokenizer.json over bytes with merges drawn by chance, as another program would write it. */
export function smallTokenizer(seed: number, parts: object): Record<string, unknown> {
  const alphabet = byteAlphabet();
  const vocab: Record<string, number> = {};
  for (const character of alphabet) vocab[character] = Object.keys(vocab).length;
  const merges: string[] = [];
  const rng = createRng('small-tokenizer', seed);
  for (let i = 0; i < 400; i += 1) addMerge(rng, { alphabet, vocab, merges });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: {
      type: 'ByteLevel',
      add_prefix_space: false,
      trim_offsets: true,
      use_regex: true,
    },
    post_processor: null,
    decoder: { type: 'ByteLevel' },
    model: { type: 'BPE', dropout: null, unk_token: null, vocab, merges, ignore_merges: false },
    ...parts,
  };
}

/** Joins two neighbours of a word as it is cut so far, as training does. */
function addMerge(
  rng: Rng,
  {
    alphabet,
    vocab,
    merges,
  }: { alphabet: readonly string[]; vocab: Record<string, number>; merges: string[] },
): void {
  const symbols = [...Buffer.from(rng.pick(WORDS))].map((byte) => alphabet[byte] ?? '');
  for (const merge of merges) {
    const [left, right] = merge.split(' ');
    for (let at = 0; at + 1 < symbols.length; at += 1)
      if (symbols[at] === left && symbols[at + 1] === right)
        symbols.splice(at, 2, `${left}${right}`);
  }
  if (symbols.length < 2) return;
  const at = rng.below(symbols.length - 1);
  const [left = '', right = ''] = symbols.slice(at, at + 2);
  if (vocab[left + right] !== undefined) return;
  vocab[left + right] = Object.keys(vocab).length;
  merges.push(`${left} ${right}`);
}

const PARTS = [
  ...WORDS,
  ' ',
  '  ',
  '\t',
  'A',
  'x',
  '7',
  '٣',
  '½',
  '!?',
  '_',
  '😀',
  'ǅ',
  '한',
  '\u0301',
  '\r\n',
  '<think>',
];

export function textOf(seed: number): string {
  const rng = createRng('small-tokenizer text', seed);
  return Array.from({ length: rng.between(0, 30) }, () => rng.pick(PARTS)).join('');
}
