import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import type { FileToInspect } from '#lib/ingest/inspect-file.ts';
import { countTokens } from '#lib/jobs/attempt-measure.ts';
import { createFileCounter } from '#lib/tokens/byte-pair/file-vocabulary.ts';
import { TokenizerFile } from '#lib/tokens/byte-pair/tokenizer-file.ts';
import { tokenizers } from '#lib/tokens/index.ts';
import type { TokenCounter } from '#lib/tokens/tokenizer.ts';

export type FileCounter = NonNullable<FileToInspect['counter']>;

/** The counter of a registered tokenizer or of a tokenizer.json. Throws `invalid_input` or `not_found`. */
export async function loadCounter(named: string): Promise<FileCounter> {
  const isFile = named.endsWith('.json');
  const counter = isFile ? await readTokenizer(named) : await tokenizers.get(named).load();
  return {
    tokenizer: isFile ? path.resolve(named) : named,
    count: (attempt) => countTokens(attempt, counter)?.output ?? null,
  };
}

async function readTokenizer(file: string): Promise<TokenCounter> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new AppError('invalid_input', `${file} can not be read as JSON.`, { cause });
  }
  const parsed = TokenizerFile.safeParse(value);
  if (parsed.success) return createFileCounter(parsed.data);
  throw new AppError(
    'invalid_input',
    `${file} is not a tokenizer.json: ${z.prettifyError(parsed.error)}`,
  );
}
