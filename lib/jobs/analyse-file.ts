import {
  toRunSamples,
  type AnalysedAttempt,
  type AnalysedItem,
  type AnalysedRun,
} from '#lib/analysis/analysed-attempt.ts';
import { AppError, type ErrorDetail } from '#lib/errors.ts';
import { FileMemory } from '#lib/importers/fields/file-memory.ts';
import type { ImportedAttempt, Importer } from '#lib/importers/importer.ts';
import { encodeFrame } from '#lib/ingest/frames.ts';
import { inferVerifier } from '#lib/ingest/infer-verifier.ts';
import { createItemKeys } from '#lib/ingest/item-key.ts';
import { importRow } from '#lib/ingest/json-row-import.ts';
import { readSample, recogniseFormat } from '#lib/ingest/recognise.ts';
import { readRows } from '#lib/ingest/source-rows.ts';
import type { VerdictPool } from '#lib/judge/verdict-pool.ts';
import type { RunSamples } from '#lib/metrics/run/run-samples.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { classifyAnswers } from './answer-classes.ts';
import type { ScoredResult, ScoringPlan } from './scoring-protocol.ts';
import type { ScoringPool } from './scoring-pool.ts';

const BATCH = 200;
const MAX_FINDINGS = 20;

/** The source's own score in the place of a verifier. */
export const REPORTED = 'reported';

export interface FileToAnalyse {
  file: string;
  label: string;
  importer: Importer | null;
  /** A verifier, `reported`, or null to choose by the golds of the file. */
  verifier: string | null;
  policy: Readonly<Record<string, unknown>>;
  /** Counts the lengths even where the file has its own; null takes the file's where every answer has one. */
  tokenizer: string | null;
  traceVisibility: RunSamples['traceVisibility'];
  open: () => Promise<AsyncIterable<Uint8Array>>;
}

export interface AnalysedFile {
  run: AnalysedRun;
  format: string;
  evidence: string;
  rows: { received: number; rejected: number };
  findings: readonly ErrorDetail[];
  notes: readonly string[];
}

interface Read {
  attempt: ImportedAttempt;
  itemKey: string;
}

const DEFAULT_TOKENIZER = 'o200k';

/** Reads, judges and measures a whole file as the pipeline would, and stores nothing. */
export async function analyseFile(
  request: FileToAnalyse,
  { scoring, verdicts }: { scoring: ScoringPool; verdicts: VerdictPool },
): Promise<AnalysedFile> {
  const sample = await readSample(request.file, await request.open());
  const { importer, evidence } =
    request.importer === null
      ? recogniseFormat(sample)
      : { importer: request.importer, evidence: 'named by the user' };
  const books = { received: 0, rejected: 0 };
  const findings: ErrorDetail[] = [];
  const items = new Map<string, AnalysedItem>();
  const keyOf = createItemKeys();
  const memory = new FileMemory();
  const judged: Judged[] = [];
  const state: { plan: Plan | null } = { plan: null };
  let batch: Read[] = [];
  const running = new Set<Promise<void>>();
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    state.plan ??= choosePlan(request, batch);
    const [reads, chosen, at] = [batch, state.plan, judged.length];
    batch = [];
    judged.length += reads.length;
    const work = judgeBatch(reads, chosen, scoring).then((results) => {
      results.forEach((result, index) => (judged[at + index] = result));
    });
    running.add(work);
    void work.finally(() => running.delete(work)).catch(() => undefined);
    // Two batches keep two threads busy; more would only fill the memory.
    if (running.size >= 3) await Promise.race(running);
  };
  for await (const rows of readRows({ importer, sample, open: request.open })) {
    for (const row of rows) {
      books.received += 1;
      const imported = row.error === null ? importRow(importer, row, memory) : row;
      if (imported.error !== null) {
        books.rejected += 1;
        if (findings.length < MAX_FINDINGS) findings.push(imported.error);
        continue;
      }
      for (const attempt of imported.attempts) {
        const { item, sampleIndex } = attempt;
        const itemKey = keyOf(item, sampleIndex) ?? `row ${String(books.received)}`;
        if (!items.has(itemKey)) {
          const { difficulty, groups } = item;
          items.set(itemKey, { key: itemKey, difficulty, groups });
        }
        batch.push({ attempt, itemKey });
      }
      if (batch.length >= BATCH) await flush();
    }
  }
  await flush();
  await Promise.all(running);
  if (state.plan === null) {
    throw new AppError('unprocessable', `${request.file} has no row that can be read.`, {
      details: findings,
    });
  }
  const { verifier, scored } = state.plan;
  const column = chooseColumn(request, judged);
  const attempts = judged.map((one) => toAnalysed(one, { column, verifier }));
  const samplesPerItem = Math.max(...countsOf(attempts).values());
  if (samplesPerItem > 1) {
    await classifyAnswers(attempts, {
      pool: verdicts,
      plan: { verifier: scored.verifier, policy: scored.policy },
    });
  }
  return {
    run: {
      id: request.file,
      label: request.label,
      samples: toRunSamples([...items.values()], attempts, {
        samplesPerItem,
        traceVisibility: request.traceVisibility,
      }),
      lengthColumn: column,
      verifier:
        verifier === REPORTED ? REPORTED : `${verifier}@${String(verifiers.get(verifier).version)}`,
    },
    format: importer.id,
    evidence,
    rows: books,
    findings,
    notes: notesOf(request, { verifier, column, judged }),
  };
}

interface Plan {
  /** A verifier, or `reported`. */
  verifier: string;
  scored: ScoringPlan;
}

/** Without golds there is nothing to judge by; the source's own score then is all there is. */
function choosePlan(request: FileToAnalyse, reads: readonly Read[]): Plan {
  const golds = reads.flatMap(({ attempt: { item } }) =>
    item.gold === null ? [] : [{ gold: item.gold, choices: item.choices }],
  );
  const inferred = inferVerifier(golds).id;
  const chosen = request.verifier ?? (golds.length === 0 ? REPORTED : inferred);
  const judge = chosen === REPORTED ? inferred : chosen;
  return {
    verifier: chosen,
    scored: {
      verifier: judge,
      policy: request.policy,
      tokenizer:
        request.traceVisibility === 'hidden' ? null : (request.tokenizer ?? DEFAULT_TOKENIZER),
    },
  };
}

type Judged = Omit<Read, 'attempt'> & {
  attempt: Omit<ImportedAttempt, 'output' | 'reasoning' | 'answer' | 'item' | 'extras'>;
  result: ScoredResult;
};

async function judgeBatch(
  reads: readonly Read[],
  { scored }: Plan,
  scoring: ScoringPool,
): Promise<Judged[]> {
  const results = await scoring.score(
    scored,
    reads.map(({ attempt }) => ({
      output: encodeFrame(attempt.output),
      reasoning: encodeFrame(attempt.reasoning),
      answer: encodeFrame(attempt.answer),
      gold: attempt.item.gold,
      question: attempt.item.prompt,
      choices: attempt.item.choices,
      isTruncated: attempt.finishReason === 'length',
    })),
  );
  return reads.flatMap(({ attempt, itemKey }, index): Judged[] => {
    const result = results[index];
    if (result === undefined) return [];
    const { sampleIndex, tokens, finishReason, error, reported, signals } = attempt;
    // Only the facts: a file of texts need not fit into the memory.
    return [
      { itemKey, result, attempt: { sampleIndex, tokens, finishReason, error, reported, signals } },
    ];
  });
}

/** The file's own counts where every answer has one and nobody asked for others. */
function chooseColumn(request: FileToAnalyse, judged: readonly Judged[]): string | null {
  const answers = judged.filter(({ attempt }) => attempt.error === null);
  const isReported =
    answers.length > 0 && answers.every(({ attempt }) => attempt.tokens.output !== null);
  if (isReported && request.tokenizer === null) return REPORTED;
  const isCounted = answers.some(({ result }) => result.tokens !== null);
  return isCounted ? (request.tokenizer ?? DEFAULT_TOKENIZER) : null;
}

function toAnalysed(
  { attempt, itemKey, result }: Judged,
  { column, verifier }: { column: string | null; verifier: string },
): AnalysedAttempt {
  const counted = column === REPORTED ? attempt.tokens : result.tokens;
  const { trace, answers } = result;
  return {
    itemKey,
    sampleIndex: attempt.sampleIndex,
    outcome: attempt.error !== null ? 'error' : outcomeOf(attempt, result, verifier),
    extracted: verifier === REPORTED ? attempt.reported.extracted : result.verdict.extracted,
    promptTokens: attempt.tokens.prompt,
    tokens: column === null ? null : (counted?.output ?? null),
    reasoningTokens: column === null ? null : (counted?.reasoning ?? null),
    answerTokens: column === null ? null : (counted?.answer ?? null),
    finishReason: attempt.finishReason,
    signals: attempt.signals,
    trace,
    // Positions are counted by the tokenizer; beside other lengths they would be shares of another whole.
    isSearched: column !== REPORTED && answers !== null,
    firstCorrectTokens: column === REPORTED ? null : (answers?.firstCorrectTokens ?? null),
    answerClass: null,
  };
}

function outcomeOf(
  { reported }: Judged['attempt'],
  { verdict }: ScoredResult,
  verifier: string,
): AnalysedAttempt['outcome'] {
  if (verifier !== REPORTED) return verdict.status;
  const isCorrect = reported.isCorrect ?? (reported.score === null ? null : reported.score >= 1);
  if (isCorrect === null) return 'unverifiable';
  return isCorrect ? 'correct' : 'wrong';
}

function countsOf(attempts: readonly AnalysedAttempt[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { itemKey } of attempts) counts.set(itemKey, (counts.get(itemKey) ?? 0) + 1);
  return counts;
}

function notesOf(
  request: FileToAnalyse,
  {
    verifier,
    column,
    judged,
  }: { verifier: string; column: string | null; judged: readonly Judged[] },
): string[] {
  const notes: string[] = [];
  if (verifier === REPORTED && request.verifier === null)
    notes.push('The file has no reference answers: its own scores are used.');
  const partly = judged.filter(({ attempt }) => attempt.tokens.output !== null).length;
  if (column !== REPORTED && partly > 0 && partly < judged.length)
    notes.push(
      `${String(partly)} of ${String(judged.length)} answers come with counts of their own; all were counted anew.`,
    );
  if (column === null)
    notes.push('There are no lengths: nothing was reported and nothing can be counted.');
  return notes;
}
