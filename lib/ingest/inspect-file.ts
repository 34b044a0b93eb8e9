import { AppError, type ErrorDetail } from '#lib/errors.ts';
import { FileMemory } from '#lib/importers/fields/file-memory.ts';
import type { ImportedAttempt, Importer, RunHints, TokenSource } from '#lib/importers/importer.ts';

import { createItemKeys } from './item-key.ts';
import { importRow } from './json-row-import.ts';
import { readSample, recogniseFormat, type RecognisedFormat } from './recognise.ts';
import { readRows } from './source-rows.ts';

/** Rejected rows beyond this number are counted but not kept. */
const MAX_FINDINGS = 1000;

/** What a file holds, as it would be imported. */
export interface FileReport {
  file: string;
  format: string;
  label: string;
  evidence: string;
  hints: RunHints;
  /** Skipped rows repeat what earlier ones gave, or belong to other runs. */
  rows: { received: number; read: number; skipped: number; rejected: number };
  attempts: number;
  errors: number;
  items: number;
  itemsWithGold: number;
  samplesPerItem: { least: number; most: number } | null;
  tokens: {
    /** Attempts by who counted their output. */
    sources: Partial<Record<TokenSource, number>>;
    outputTotal: number | null;
    /** By the tokenizer that the user named, over the attempts that show a text; null when none was named. */
    counted: { tokenizer: string; attempts: number; outputTotal: number } | null;
    notes: string[];
  };
  /** UTF-16 units of all texts. */
  characters: number;
  /** What the source itself scored; null when it scored nothing. */
  reported: { scored: number; meanScore: number; correct: number; wrong: number } | null;
  finishReasons: Partial<Record<ImportedAttempt['finishReason'], number>>;
  unknowns: readonly string[];
  findings: ErrorDetail[];
}

export interface FileToInspect {
  file: string;
  /** The format or mapping, when the file is not to be recognised. */
  importer: Importer | null;
  /** Counts the visible text of an attempt; null when it shows none. */
  counter?: { tokenizer: string; count: (attempt: ImportedAttempt) => number | null } | null;
  open: () => Promise<AsyncIterable<Uint8Array>>;
}

/**
 * Reads a whole file as an import would, and stores nothing. Throws `unsupported_format` when no importer claims it, and
 * `unprocessable` when it holds no row: an import would refuse it too.
 */
export async function inspectFile({
  file,
  importer,
  open,
  counter = null,
}: FileToInspect): Promise<FileReport> {
  const sample = await readSample(file, await open());
  const format: RecognisedFormat =
    importer === null ? recogniseFormat(sample) : { importer, evidence: 'named by the user' };
  const count = new FileCount(counter);
  const memory = new FileMemory();
  for await (const batch of readRows({ importer: format.importer, sample, open })) {
    for (const row of batch) {
      const imported = row.error === null ? importRow(format.importer, row, memory) : row;
      const place = { line: row.line, byteOffset: row.byteOffset };
      if (imported.error !== null) count.reject(imported.error);
      else count.take(imported.attempts, place);
    }
  }
  const { id, label, unknowns } = format.importer;
  if (count.received === 0) {
    throw new AppError(
      'unprocessable',
      `${file} is ${label} (${format.evidence}) without samples: it holds a summary, a header or nothing. Send the file that has the outputs.`,
    );
  }
  const hints = format.importer.hints(sample);
  return { file, format: id, label, evidence: format.evidence, hints, ...count.report(), unknowns };
}

type Counted = Omit<FileReport, 'file' | 'format' | 'label' | 'evidence' | 'hints' | 'unknowns'>;

/** Sums over the rows of one file; holds a number for each item, and no text but its key. */
class FileCount {
  readonly #rows = { received: 0, read: 0, skipped: 0, rejected: 0 };
  readonly #keyOf = createItemKeys();
  readonly #items = new Map<string, { samples: Set<number>; hasGold: boolean }>();
  readonly #sources: Partial<Record<TokenSource, number>> = {};
  readonly #finishReasons: Partial<Record<ImportedAttempt['finishReason'], number>> = {};
  readonly #notes = new Set<string>();
  readonly #findings: ErrorDetail[] = [];
  readonly #scores = { scored: 0, sum: 0, correct: 0, wrong: 0 };
  #attempts = 0;
  readonly #counter: FileToInspect['counter'];
  #countedAttempts = 0;
  #countedTotal = 0;
  #errors = 0;
  #characters = 0;
  #outputTotal: number | null = null;

  constructor(counter: FileToInspect['counter']) {
    this.#counter = counter;
  }

  get received(): number {
    return this.#rows.received;
  }

  reject(finding: ErrorDetail): void {
    this.#rows.received += 1;
    this.#rows.rejected += 1;
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push(finding);
  }

  /** A row is taken whole or not at all, as an import does. */
  take(attempts: readonly ImportedAttempt[], place: { line: number; byteOffset: number }): void {
    const [first] = attempts;
    if (first === undefined) {
      this.#rows.received += 1;
      this.#rows.skipped += 1;
      return;
    }
    const key = this.#keyOf(first.item, first.sampleIndex);
    if (key === null) {
      const message = 'The row names neither an item nor a question.';
      this.reject({ ...place, pointer: '', code: 'item_unknown', message });
      return;
    }
    const item = this.#items.get(key) ?? { samples: new Set<number>(), hasGold: false };
    const again = attempts.find(({ sampleIndex }) => item.samples.has(sampleIndex));
    if (again !== undefined) {
      const message = `Sample ${again.sampleIndex} of item ${key} stands in the file already.`;
      this.reject({ ...place, pointer: '', code: 'duplicate_sample', message });
      return;
    }
    this.#rows.received += 1;
    this.#rows.read += 1;
    this.#items.set(key, item);
    item.hasGold ||= first.item.gold !== null;
    for (const attempt of attempts) {
      item.samples.add(attempt.sampleIndex);
      this.#see(attempt);
      this.#countTokens(attempt);
    }
  }

  report(): Counted {
    const counts = [...this.#items.values()].map(({ samples }) => samples.size);
    const { scored, sum, correct, wrong } = this.#scores;
    return {
      rows: this.#rows,
      attempts: this.#attempts,
      errors: this.#errors,
      items: this.#items.size,
      itemsWithGold: [...this.#items.values()].filter(({ hasGold }) => hasGold).length,
      samplesPerItem:
        counts.length === 0
          ? null
          : {
              least: counts.reduce((a, b) => Math.min(a, b)),
              most: counts.reduce((a, b) => Math.max(a, b)),
            },
      tokens: {
        sources: this.#sources,
        outputTotal: this.#outputTotal,
        counted: this.#counter
          ? {
              tokenizer: this.#counter.tokenizer,
              attempts: this.#countedAttempts,
              outputTotal: this.#countedTotal,
            }
          : null,
        notes: [...this.#notes],
      },
      characters: this.#characters,
      reported: scored === 0 ? null : { scored, meanScore: sum / scored, correct, wrong },
      finishReasons: this.#finishReasons,
      findings: this.#findings,
    };
  }

  #countTokens(attempt: ImportedAttempt): void {
    const counted = this.#counter?.count(attempt) ?? null;
    if (counted === null) return;
    this.#countedAttempts += 1;
    this.#countedTotal += counted;
  }

  #see({
    tokens,
    reported,
    error,
    finishReason,
    output,
    reasoning,
    answer,
  }: ImportedAttempt): void {
    this.#attempts += 1;
    if (error !== null) this.#errors += 1;
    const source = tokens.output === null ? 'unknown' : tokens.source;
    this.#sources[source] = (this.#sources[source] ?? 0) + 1;
    this.#finishReasons[finishReason] = (this.#finishReasons[finishReason] ?? 0) + 1;
    if (tokens.output !== null) this.#outputTotal = (this.#outputTotal ?? 0) + tokens.output;
    if (tokens.note !== null && this.#notes.size < 10) this.#notes.add(tokens.note);
    this.#characters += output?.length ?? (reasoning?.length ?? 0) + (answer?.length ?? 0);
    if (reported.score !== null) {
      this.#scores.scored += 1;
      this.#scores.sum += reported.score;
    }
    if (reported.isCorrect === true) this.#scores.correct += 1;
    if (reported.isCorrect === false) this.#scores.wrong += 1;
  }
}
