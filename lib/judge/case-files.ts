import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseLabelledCase, type BareForm, type LabelledCase } from '#lib/audit/labelled-case.ts';
import { AppError, sentenceOf } from '#lib/errors.ts';
import { decode } from '#lib/ingest/decode.ts';
import { readJsonRows } from '#lib/ingest/json-row.ts';

export interface CaseSource {
  file: string;
  bareForm: BareForm;
}

export interface RefusedCase {
  file: string;
  line: number;
  reason: string;
}

/** The cases of a JSONL file (plain, gzip or zstd) as they come; what is none goes to `refuse`. */
export async function* readCases(
  { file, bareForm }: CaseSource,
  refuse: (refused: RefusedCase) => void,
): AsyncGenerator<LabelledCase> {
  for await (const { line, value } of readObjects(file, refuse)) {
    const dataset = path.basename(file).replace(/\.jsonl?(?:\.(?:gz|zst))?$/, '');
    try {
      yield parseLabelledCase(value, { dataset, line }, bareForm);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refuse({ file, line, reason: error.message });
    }
  }
}

/** The references of a JSONL file, each once: plain texts, or objects with a `gold` or an `answer`. */
export async function readGolds(
  file: string,
  refuse: (refused: RefusedCase) => void,
): Promise<string[]> {
  const golds = new Set<string>();
  for await (const { line, value } of readObjects(file, refuse)) {
    const gold = goldOf(value);
    if (gold === null) refuse({ file, line, reason: 'The line has no "gold" or "answer".' });
    else golds.add(gold);
  }
  return [...golds];
}

/** The values of a JSONL file (plain, gzip or zstd) with their lines; what is no JSON goes to `refuse`. */
export async function* readObjects(
  file: string,
  refuse: (refused: RefusedCase) => void,
): AsyncGenerator<{ line: number; value: unknown }> {
  await requireFile(file);
  for await (const rows of readJsonRows(decode(createReadStream(file)))) {
    for (const row of rows) {
      if (row.error === null) yield { line: row.line, value: row.value };
      else refuse({ file, line: row.line, reason: sentenceOf(row.error) });
    }
  }
}

async function requireFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isFile()) return;
  } catch (cause) {
    throw new AppError('invalid_input', `${file} can not be read.`, { cause });
  }
  throw new AppError('invalid_input', `${file} is not a file.`);
}

function goldOf(value: unknown): string | null {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return null;
  const gold = 'gold' in value ? value.gold : 'answer' in value ? value.answer : null;
  return typeof gold === 'string' || typeof gold === 'number' ? String(gold) : null;
}
