import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { env } from './env.ts';
import { AppError } from './errors.ts';
import { createRegistry, type Registry } from './registry.ts';
import { createFileCounter } from './tokens/byte-pair/file-vocabulary.ts';
import { parseTokenizerFile } from './tokens/byte-pair/tokenizer-file.ts';
import { tokenizers } from './tokens/index.ts';
import type { TokenCounter, Tokenizer } from './tokens/tokenizer.ts';

let known: { paths: string; registry: Registry<Tokenizer> } | null = null;

/**
 * The vocabularies that come with Laconic and those of LACONIC_TOKENIZERS: paths of files or folders, with
 * a colon between. Throws `invalid_input` when a path is not there.
 */
export function knownTokenizers(): Registry<Tokenizer> {
  const paths = env().LACONIC_TOKENIZERS ?? '';
  if (known?.paths === paths) return known.registry;
  const files = paths.split(path.delimiter).filter(Boolean).flatMap(listFiles);
  const added = new Map(files.map(toTokenizer).map((one) => [one.id, one]));
  const registry = createRegistry<Tokenizer>('tokenizer', {
    ...Object.fromEntries(tokenizers.all.map((one) => [one.id, one])),
    ...Object.fromEntries(added),
  });
  known = { paths, registry };
  return registry;
}

/** Adds a file for this process and the threads that it starts later; the id of its tokenizer. */
export function addTokenizerFile(file: string): string {
  const { id } = toTokenizer(assertFile(file));
  const before = env().LACONIC_TOKENIZERS;
  process.env.LACONIC_TOKENIZERS = [
    ...(before === undefined ? [] : [before]),
    path.resolve(file),
  ].join(path.delimiter);
  return id;
}

/** Reads every file of LACONIC_TOKENIZERS, so that one which can not be counted with is told at once and by name. */
export async function checkTokenizerFiles(): Promise<void> {
  const own = new Set(tokenizers.all.map(({ id }) => id));
  for (const tokenizer of knownTokenizers().all) if (!own.has(tokenizer.id)) await tokenizer.load();
}

/** The counter of a tokenizer.json. Throws `invalid_input` with the part of it that can not be represented exactly. */
export async function readTokenizerFile(file: string): Promise<TokenCounter> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new AppError('invalid_input', `${file} can not be read as JSON.`, { cause });
  }
  try {
    return createFileCounter(parseTokenizerFile(value));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError('invalid_input', `${file}: ${cause.message}`, { cause });
  }
}

/** A folder gives its tokenizer.json, else all JSON files in it, and the tokenizer.json of every folder in it. */
function listFiles(named: string): string[] {
  if (!existsSync(named) || statSync(named).isFile()) return [assertFile(named)];
  const whole = path.join(named, 'tokenizer.json');
  const here = existsSync(whole) ? [whole] : globSync(path.join(named, '*.json'));
  return [...here, ...globSync(path.join(named, '*', 'tokenizer.json'))].sort();
}

function assertFile(file: string): string {
  if (existsSync(file) && statSync(file).isFile()) return file;
  throw new AppError(
    'invalid_input',
    `There is no tokenizer file ${file}: name a tokenizer.json, or a folder of them in LACONIC_TOKENIZERS.`,
  );
}

/** The name has a part of the content's hash, so that a changed file is another tokenizer and no column mixes two. */
function toTokenizer(file: string): Tokenizer {
  const stem = path.basename(file).replace(/(?:^|\.)tokenizer\.json$|\.json$/, '');
  const name = stem === '' ? path.basename(path.dirname(path.resolve(file))) : stem;
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 8);
  return {
    id: `${name.replaceAll(/[^\w.-]+/g, '-').slice(0, 48)}-${hash}`,
    version: 1,
    label: name,
    description: `The vocabulary of ${path.basename(file)}, given by LACONIC_TOKENIZERS.`,
    load: () => readTokenizerFile(file),
  };
}
