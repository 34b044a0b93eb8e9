import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addTokenizerFile, checkTokenizerFiles, knownTokenizers } from '#lib/known-tokenizers.ts';
import { createFileCounter } from '#lib/tokens/byte-pair/file-vocabulary.ts';
import { parseTokenizerFile } from '#lib/tokens/byte-pair/tokenizer-file.ts';
import { tokenizers } from '#lib/tokens/index.ts';
import { smallTokenizer, textOf } from './small-tokenizer.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laconic-tokenizers-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const split = (pattern: string, behavior = 'Isolated', invert = false) => ({
  type: 'Split',
  pattern: { Regex: pattern },
  behavior,
  invert,
});
const bytes = { type: 'ByteLevel', add_prefix_space: false, use_regex: false };
const sequence = (...pretokenizers: object[]) => ({ type: 'Sequence', pretokenizers });

test.each([
  ['bytes cut as GPT-2 cuts them', {}],
  ['bytes that are not cut', { pre_tokenizer: bytes }],
  [
    'single digits',
    { pre_tokenizer: sequence({ type: 'Digits', individual_digits: true }, bytes) },
  ],
  [
    'numbers, then GPT-2',
    {
      pre_tokenizer: sequence(
        { type: 'Digits', individual_digits: false },
        { ...bytes, use_regex: true },
      ),
    },
  ],
  [
    'three digits, then words',
    { pre_tokenizer: sequence(split('\\p{N}{1,3}'), split(' ?\\p{L}+|[^\\p{L}]+'), bytes) },
  ],
  ['composed characters', { normalizer: { type: 'NFC' } }],
  ['a list of normalizers', { normalizer: { type: 'Sequence', normalizers: [{ type: 'NFC' }] } }],
])('%s: the ids are those of the reference', (_, parts) => {
  for (let seed = 0; seed < 4; seed += 1) {
    const file = smallTokenizer(seed, parts);
    const counter = createFileCounter(parseTokenizerFile(file));
    const reference = new Tokenizer(file, {});
    for (let text = 0; text < 200; text += 1) {
      const written = withoutOtherDigits(textOf(1000 * seed + text), parts);
      const { ids } = reference.encode(written, { add_special_tokens: false });
      expect(counter.encode(written), JSON.stringify(written)).toEqual(ids);
      expect(counter.count(written)).toBe(ids.length);
    }
  }
});

/** The reference takes only 0 to 9 for the digits of a Digits step; the original, and ours, those of all scripts. */
function withoutOtherDigits(text: string, parts: object): string {
  return JSON.stringify(parts).includes('Digits') ? text.replaceAll(/[٣½]/g, '') : text;
}

const own = (model: object) => ({
  model: { ...(smallTokenizer(0, {}).model as object), ...model },
});

test.each([
  ['another model', { model: { type: 'Unigram', vocab: [['a', 0]] } }, 'the model Unigram'],
  ['no model', { model: undefined }, 'not a tokenizer.json: /model'],
  ['dropout', own({ dropout: 0.1 }), 'dropout'],
  ['a merge of nothing', own({ merges: ['a zzz'] }), 'a merge of what is not in its vocabulary'],
  ['marks inside words', own({ continuing_subword_prefix: '##' }), 'a mark inside words'],
  ['a missing byte', own({ vocab: { a: 0 }, merges: [] }), 'lacks a token for a single byte'],
  ['characters without bytes', { pre_tokenizer: null }, 'neither over bytes nor'],
  ['a prefix', { pre_tokenizer: { ...bytes, add_prefix_space: true } }, '"add_prefix_space":true'],
  ['Metaspace', { pre_tokenizer: { type: 'Metaspace' } }, '"type":"Metaspace"'],
  ['a prepended mark', { normalizer: { type: 'Prepend', prepend: '▁' } }, '"prepend":"▁"'],
  [
    'merged matches',
    { pre_tokenizer: sequence(split('a', 'MergedWithNext'), bytes) },
    'MergedWithNext',
  ],
  ['letters of another engine', { pre_tokenizer: sequence(split('\\w+|\\s+'), bytes) }, '"\\w"'],
  ['any character', { pre_tokenizer: sequence(split('a.b'), bytes) }, '"."'],
  [
    'an unreadable pattern',
    { pre_tokenizer: sequence(split('a++'), bytes) },
    'can not be read here',
  ],
])('%s is refused with the reason', (_, parts, reason) => {
  expect(() => createFileCounter(parseTokenizerFile(smallTokenizer(0, parts)))).toThrow(reason);
});

function write(name: string, seed: number, parts: object = {}): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(smallTokenizer(seed, parts)));
  return file;
}

function addedIds(): string[] {
  return knownTokenizers()
    .all.map(({ id }) => id)
    .filter((id) => !tokenizers.has(id));
}

test('files and folders add tokenizers, and a changed file is another one', async () => {
  const one = write('one.json', 1);
  write('models/two/tokenizer.json', 2);
  write('snapshot/tokenizer.json', 3);
  write('snapshot/config.json', 4);
  const paths = [one, path.join(folder, 'models'), path.join(folder, 'snapshot')];
  vi.stubEnv('LACONIC_TOKENIZERS', paths.join(path.delimiter));
  const ids = addedIds();
  expect(ids.map((id) => id.replace(/-[0-9a-f]{8}$/, ''))).toEqual(['one', 'snapshot', 'two']);
  await checkTokenizerFiles();
  const counter = await knownTokenizers()
    .get(ids[0] ?? '')
    .load();
  expect(counter.count('the answer')).toBeGreaterThan(0);

  write('other/one.json', 5);
  vi.stubEnv('LACONIC_TOKENIZERS', path.join(folder, 'other'));
  expect(addedIds()).toHaveLength(1);
  expect(addedIds()[0]).not.toBe(ids[0]);
});

test('a file that is not there or can not be counted with is told by name', async () => {
  vi.stubEnv('LACONIC_TOKENIZERS', path.join(folder, 'none.json'));
  expect(() => knownTokenizers()).toThrow('none.json');
  vi.stubEnv('LACONIC_TOKENIZERS', write('old.json', 1, { normalizer: { type: 'Lowercase' } }));
  await expect(checkTokenizerFiles()).rejects.toThrow(/old\.json: .*Lowercase/);
});

test('a file of a command is known to this process under its id', () => {
  vi.stubEnv('LACONIC_TOKENIZERS', '');
  const id = addTokenizerFile(write('mine.json', 1));
  expect(id).toMatch(/^mine-[0-9a-f]{8}$/);
  expect(knownTokenizers().has(id)).toBe(true);
});
