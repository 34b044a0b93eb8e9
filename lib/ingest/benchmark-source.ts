import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { FileMemory } from '#lib/importers/fields/file-memory.ts';
import { isRowRecord } from '#lib/importers/fields/row-record.ts';
import type { Importer } from '#lib/importers/importer.ts';
import { MappingSource } from '#lib/importers/mapping/mapping.ts';
import { readSource } from '#lib/importers/mapping/row-value.ts';
import type { BenchmarkItem } from '#lib/schemas/benchmark-file.ts';
import { toPuzzleItem } from '#lib/logic/puzzle-item.ts';
import { findBoxes } from '#lib/text/boxes.ts';
import { decode } from './decode.ts';
import { importRow } from './json-row-import.ts';
import { createItemKeys } from './item-key.ts';
import { readParquetRows } from './parquet-rows.ts';
import { readSample, recogniseFormat } from './recognise.ts';
import { readDocumentRows, readRows } from './source-rows.ts';
import { readJsonRows, type JsonRow } from './json-row.ts';
import { readTableRows } from './table-rows.ts';

/** Where the fields of an item stand in the rows of a file. */
export const ItemMapping = z.strictObject({
  question: MappingSource.optional(),
  answer: MappingSource.optional(),
  key: MappingSource.optional(),
  level: MappingSource.optional(),
  subject: MappingSource.optional(),
  choices: MappingSource.optional(),
  groups: z.record(z.string(), MappingSource).default({}),
});
export type ItemMapping = z.infer<typeof ItemMapping>;

/** Field names that data sets use, the more telling first. */
const USUAL: Record<'question' | 'answer' | 'key' | 'level' | 'subject' | 'choices', string[]> = {
  question: ['question', 'problem', 'prompt', 'query', 'input', 'Question', 'Problem'],
  answer: ['gold', 'final_answer', 'answer', 'target', 'expected_answer', 'Answer', 'solution'],
  key: ['key', 'item_key', 'unique_id', 'id', 'ID', 'problem_id'],
  level: ['difficulty', 'level', 'Level'],
  subject: ['subject', 'type', 'category', 'subfield', 'Type'],
  choices: ['choices', 'options'],
};

export interface BenchmarkFile {
  file: string;
  open: () => Promise<AsyncIterable<Uint8Array>>;
  mapping: ItemMapping;
}

/**
 * The items of any file: rows of JSONL, JSON, CSV, TSV or Parquet by the mapping or by usual field names, or the items
 * of a file of results in a known format that carries its golds. Throws `invalid_input` with the place of the first
 * row that makes no item.
 */
export async function* readBenchmarkItems(source: BenchmarkFile): AsyncGenerator<BenchmarkItem> {
  const kind = kindOf(source.file);
  if (!hasPlaces(source.mapping) && kind === 'json') {
    const importer = await findImporter(source);
    if (importer !== null) {
      yield* importedItems(source, importer);
      return;
    }
  }
  let number = 0;
  for await (const rows of rowsOf(source, kind)) {
    for (const row of rows) {
      number += 1;
      if (row.error !== null) throw refused(source.file, row.line, row.error.message);
      yield toItem(row.value, { number, line: row.line, source });
    }
  }
}

function hasPlaces(mapping: ItemMapping): boolean {
  return Object.values(mapping).some(
    (value) => value !== undefined && Object.keys(value).length > 0,
  );
}

function kindOf(file: string): 'csv' | 'tsv' | 'parquet' | 'json' {
  const name = file.replace(/\.(?:gz|zst)$/, '');
  if (name.endsWith('.csv')) return 'csv';
  if (name.endsWith('.tsv')) return 'tsv';
  return name.endsWith('.parquet') ? 'parquet' : 'json';
}

async function* rowsOf(
  { file, open }: BenchmarkFile,
  kind: ReturnType<typeof kindOf>,
): AsyncGenerator<JsonRow[]> {
  if (kind === 'csv' || kind === 'tsv') {
    yield* readTableRows(decode(await open()), kind === 'csv' ? ',' : '\t');
  } else if (kind === 'parquet') yield* readParquetRows(await open());
  else {
    const sample = await readSample(file, await open());
    if (sample.shape === 'document') yield* readDocumentRows(decode(await open()), [['*']]);
    else yield* readJsonRows(decode(await open()));
  }
}

async function findImporter({ file, open }: BenchmarkFile): Promise<Importer | null> {
  try {
    const sample = await readSample(file, await open());
    // Puzzles are items whether somebody has answered them in this file or not.
    const arePuzzles =
      sample.rows.length > 0 && sample.rows.every((row) => toPuzzleItem(row) !== null);
    return arePuzzles ? null : recogniseFormat(sample).importer;
  } catch (error) {
    if (error instanceof AppError && error.code === 'unsupported_format') return null;
    throw error;
  }
}

/** Each item of a results file once, with what its first row says of it. */
async function* importedItems(
  { file, open }: BenchmarkFile,
  importer: Importer,
): AsyncGenerator<BenchmarkItem> {
  const sample = await readSample(file, await open());
  const memory = new FileMemory();
  const keyOf = createItemKeys();
  const seen = new Set<string>();
  for await (const rows of readRows({ importer, sample, open })) {
    for (const row of rows) {
      const imported = row.error === null ? importRow(importer, row, memory) : row;
      if (imported.error !== null) throw refused(file, row.line, imported.error.message);
      for (const { item, sampleIndex } of imported.attempts) {
        const key = keyOf(item, sampleIndex);
        if (key === null || seen.has(key)) continue;
        seen.add(key);
        if (item.prompt === null || item.gold === null) {
          const missing = item.prompt === null ? 'question' : 'reference answer';
          throw refused(file, row.line, `The item ${key} has no ${missing} in this file.`);
        }
        yield {
          key,
          prompt: item.prompt,
          gold: item.gold,
          ...(item.choices !== null && { choices: [...item.choices] }),
          ...(item.difficulty !== null && { difficulty: item.difficulty }),
          groups: { ...item.groups },
        };
      }
    }
  }
}

function toItem(
  row: unknown,
  { number, line, source }: { number: number; line: number; source: BenchmarkFile },
): BenchmarkItem {
  const { mapping, file } = source;
  const puzzle = hasPlaces(mapping) ? null : toPuzzleItem(row);
  if (puzzle !== null) {
    const { key, prompt, gold, groups } = puzzle;
    return { prompt, gold, ...(key !== null && { key }), groups: { ...groups } };
  }
  const read = (field: keyof typeof USUAL): unknown => {
    const given = mapping[field];
    const from = { row, rowNumber: number, sampleIndex: 0, sample: undefined };
    if (given !== undefined) return readSource(given, from);
    if (!isRowRecord(row)) return undefined;
    const name = USUAL[field].find(
      (one) => row[one] !== undefined && row[one] !== null && row[one] !== '',
    );
    return name === undefined ? undefined : row[name];
  };
  const question = toText(read('question'));
  // A question that stands apart from the story it is about makes no sense alone.
  const story = mapping.question === undefined && isRowRecord(row) ? toText(row.Body) : null;
  const prompt = story === null || question === null ? question : `${story} ${question}`;
  const written = toText(read('answer'));
  const gold = written === null || mapping.answer !== undefined ? written : finalAnswer(written);
  if (prompt === null || gold === null) {
    const what = prompt === null ? 'question' : 'answer';
    const names = isRowRecord(row) ? Object.keys(row).slice(0, 20).join(', ') : 'no fields';
    throw refused(
      file,
      line,
      `The row has no ${what}. It has: ${names}. Name its place with --${what}.`,
    );
  }
  const key = toText(read('key'));
  const difficulty = toText(read('level'));
  const subject = toText(read('subject'));
  const choices = toChoices(read('choices'));
  const from = { row, rowNumber: number, sampleIndex: 0, sample: undefined };
  const groups = Object.entries(mapping.groups).flatMap(([name, place]) => {
    const value = toText(readSource(place, from));
    return value === null ? [] : [[name, value.slice(0, 256)] as const];
  });
  return {
    prompt,
    gold,
    ...(key !== null && { key: key.slice(0, 512) }),
    ...(choices !== null && { choices }),
    ...(difficulty !== null && { difficulty: difficulty.slice(0, 256) }),
    groups: {
      ...(subject !== null && { subject: subject.slice(0, 256) }),
      ...Object.fromEntries(groups),
    },
  };
}

/** Data sets that give worked solutions mark their end: GSM8K by ####, MATH and Minerva by the last box. */
function finalAnswer(text: string): string | null {
  const hash = text.lastIndexOf('####');
  if (hash !== -1) return text.slice(hash + 4).trim() || null;
  const box = findBoxes(text).findLast(({ isClosed }) => isClosed);
  return box === undefined ? text : box.content.text.trim() || null;
}

/** A list of one is that one, as OlympiadBench writes its answers; of several, all behind commas. */
function toText(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  if (!Array.isArray(value) || value.length === 0) return null;
  const parts = value.map(toText);
  return parts.every((part) => part !== null) ? parts.join(', ') : null;
}

function toChoices(value: unknown): string[] | null {
  let list = value;
  if (typeof value === 'string' && value.trimStart().startsWith('[')) {
    try {
      list = JSON.parse(value);
    } catch {
      return null;
    }
  }
  if (isRowRecord(list) && Array.isArray(list.text)) list = list.text;
  if (!Array.isArray(list) || list.length < 2) return null;
  const parts = list.map(toText);
  return parts.every((part) => part !== null) ? parts : null;
}

function refused(file: string, line: number, message: string): AppError {
  return new AppError('invalid_input', `${file} makes no benchmark.`, {
    details: [{ line, code: 'no_item', message }],
  });
}
