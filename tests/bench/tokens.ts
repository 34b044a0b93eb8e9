/**
 * Token counting beside `@huggingface/tokenizers` and `gpt-tokenizer`: the same real texts, one process, one core.
 * Counts must be equal, or the bench fails. `--all` compares every text instead of a part (the reference is slow).
 */
import { existsSync, globSync, readFileSync } from 'node:fs';

import { countTokens as countCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens as countO200k } from 'gpt-tokenizer/encoding/o200k_base';

import { tokenizers } from '#lib/tokens/index.ts';
import { references } from '#tests/unit/tokens/references.ts';

const REAL = '../shared/data/real';
const GPT: Readonly<Record<string, (text: string) => number>> = {
  cl100k: (text) => countCl100k(text, { disallowedSpecial: new Set() }),
  o200k: (text) => countO200k(text, { disallowedSpecial: new Set() }),
};

/** The texts that the slow references see: this many bytes, spread over all. */
const PART_BYTES = 3_000_000;

const isWhole = process.argv.includes('--all');

if (existsSync(REAL)) await compareAll();
else console.log(`skipped: ${REAL} is not there`);

async function compareAll(): Promise<void> {
  const texts = [...new Set(globSync(`${REAL}/**/*.{json,jsonl,csv}`).sort().flatMap(readTexts))];
  const bytes = byteLength(texts);
  const step = isWhole ? 1 : Math.max(1, Math.round(bytes / PART_BYTES));
  const part = texts.filter((_, index) => index % step === 0);
  console.log(
    `${texts.length} texts, ${megabytes(bytes)} MB; compared on ${part.length}, ${megabytes(byteLength(part))} MB`,
  );
  for (const tokenizer of tokenizers.all) {
    const { id } = tokenizer;
    const began = performance.now();
    const counter = await tokenizer.load();
    const loadMs = performance.now() - began;
    const first = rateOf(texts, (text) => counter.count(text));
    const again = rateOf(texts, (text) => counter.count(text));
    const reference = references[id];
    const gpt = GPT[id];
    const other = gpt ?? ((text: string) => reference?.(text).length ?? 0);
    const ours = rateOf(part, (text) => counter.count(text));
    const theirs = rateOf(part, other);
    const name = gpt === undefined ? '@huggingface/tokenizers' : 'gpt-tokenizer';
    const deviating = part.filter((text) => counter.count(text) !== other(text)).length;
    console.log(
      `${id}: loaded in ${loadMs.toFixed(0)} ms; ${first.toFixed(0)} MB/s first, ${again.toFixed(0)} again; ` +
        `beside ${name} ${ours.toFixed(0)} to ${theirs.toFixed(2)} MB/s = ${(ours / theirs).toFixed(0)} times; ` +
        `${deviating} of ${part.length} counts deviate`,
    );
    if (deviating > 0) process.exitCode = 1;
  }
}

/** MB of UTF-8 a second. */
function rateOf(texts: readonly string[], count: (text: string) => number): number {
  const began = performance.now();
  let tokens = 0;
  for (const text of texts) tokens += count(text);
  if (tokens === 0) throw new Error('Nothing was counted.');
  return byteLength(texts) / 1000 / (performance.now() - began);
}

/** Every text of a file that is long enough to be prose; tables as a whole. */
function readTexts(file: string): string[] {
  const content = readFileSync(file, 'utf8');
  if (file.endsWith('.csv')) return [content];
  const documents = file.endsWith('.jsonl') ? content.split('\n') : [content];
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  for (const document of documents) {
    try {
      collect(JSON.parse(document));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      texts.push(document);
    }
  }
  return texts.filter(({ length }) => length > 20);
}

function byteLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
