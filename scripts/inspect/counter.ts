import path from 'node:path';
import type { FileToInspect } from '#lib/ingest/inspect-file.ts';
import { countTokens } from '#lib/jobs/attempt-measure.ts';
import { knownTokenizers, readTokenizerFile } from '#lib/known-tokenizers.ts';

export type FileCounter = NonNullable<FileToInspect['counter']>;

/** The counter of a known tokenizer or of a tokenizer.json. Throws `invalid_input` or `not_found`. */
export async function loadCounter(named: string): Promise<FileCounter> {
  const isFile = named.endsWith('.json');
  const counter = await (isFile ? readTokenizerFile(named) : knownTokenizers().get(named).load());
  return {
    tokenizer: isFile ? path.resolve(named) : named,
    count: (attempt) => countTokens(attempt, counter)?.output ?? null,
  };
}
