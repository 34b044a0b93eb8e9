import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifiers } from '#lib/verifiers/index.ts';
import type { Outcome, VerifyInput } from '#lib/verifiers/verifier.ts';

/** A labelled case: is `pred` an acceptable answer when `gold` is the reference? */
interface LabelledCase {
  readonly id: string;
  readonly gold: string;
  readonly pred: string;
  readonly kind: string;
  readonly isRight: boolean;
  /** The upstream test used an option of its own, or labels by a convention. */
  readonly isDefault: boolean;
}

export interface CaseRun {
  readonly verifierId: string;
  readonly policy: unknown;
  readonly boxing: Boxing;
}

export interface CaseResult {
  readonly file: string;
  readonly id: string;
  readonly isRight: boolean;
  readonly status: Outcome;
  readonly durationMs: number;
}

export interface CaseTable {
  readonly file: string;
  readonly count: number;
  readonly accuracy: number;
  readonly falseAccepts: number;
  readonly falseRefusals: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly perSecond: number;
}

const CASES = join(import.meta.dirname, '../../../shared/data/verifier-cases');

/** The labelled case files, or none where this checkout has no data beside it. */
export function listCaseFiles(): string[] {
  if (!existsSync(CASES)) return [];
  return readdirSync(CASES)
    .filter((file) => file.endsWith('.jsonl'))
    .sort();
}

function readCases(file: string): LabelledCase[] {
  const lines = readFileSync(join(CASES, file), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => toCase(JSON.parse(line) as CaseRow));
}

interface CaseRow {
  id: string;
  gold: string;
  pred: string;
  kind: string;
  expected: boolean;
  truth?: boolean;
  nondefault?: boolean;
}

function toCase(row: CaseRow): LabelledCase {
  return {
    id: row.id,
    gold: row.gold,
    pred: row.pred,
    kind: row.kind,
    isRight: row.truth ?? row.expected,
    isDefault: row.nondefault !== true,
  };
}

/** Bare answers can be handed over as they are, or in the box that most graders ask for. */
export type Boxing = 'bare' | 'boxed';

/** Runs one verifier over one case file; letters of choices go to the verifier for them. */
export function runCases(file: string, run: CaseRun): CaseResult[] {
  const { verifierId, policy, boxing } = run;
  return readCases(file).map((labelled) => {
    const verifier = verifiers.get(labelled.kind === 'mc' ? 'multiple-choice' : verifierId);
    const parsed = verifier.policy.parse(labelled.kind === 'mc' ? {} : policy);
    const isBoxed =
      boxing === 'boxed' &&
      labelled.kind !== 'full' &&
      labelled.kind !== 'mc' &&
      !labelled.pred.includes('boxed');
    const response = isBoxed ? `\\boxed{${labelled.pred.replaceAll('$', '')}}` : labelled.pred;
    const input: VerifyInput = { response, gold: labelled.gold };
    const start = performance.now();
    const { status } = verifier.verify(input, parsed);
    return {
      file,
      id: labelled.id,
      isRight: labelled.isRight,
      status,
      durationMs: performance.now() - start,
    };
  });
}

export function summarize(file: string, results: readonly CaseResult[]): CaseTable {
  const times = results.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  const total = times.reduce((sum, time) => sum + time, 0);
  const falseAccepts = results.filter(
    ({ isRight, status }) => !isRight && status === 'correct',
  ).length;
  const falseRefusals = results.filter(
    ({ isRight, status }) => isRight && status !== 'correct',
  ).length;
  return {
    file: file.replace('.jsonl', ''),
    count: results.length,
    accuracy: 1 - (falseAccepts + falseRefusals) / results.length,
    falseAccepts,
    falseRefusals,
    p50Ms: times[Math.floor(times.length * 0.5)] ?? 0,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? 0,
    maxMs: times.at(-1) ?? 0,
    perSecond: (1000 * results.length) / total,
  };
}

const ROUNDS = 3;

/** Prints one line a case file for one verifier; the quickest of several rounds counts, so that code is warm and a busy machine does not show. */
function main(run: CaseRun, show: string | undefined): void {
  const files = listCaseFiles();
  if (files.length === 0) {
    process.stdout.write('skipped: no labelled cases beside this checkout\n');
    return;
  }
  process.stdout.write(
    'file                       n   acc    FP   FN    p50 ms  p99 ms  max ms    per s\n',
  );
  for (const file of files) {
    let results: CaseResult[] = [];
    for (let round = 0; round < (show === undefined ? ROUNDS : 1); round += 1)
      results = quicker(results, runCases(file, run));
    process.stdout.write(`${format(summarize(file, results))}\n`);
    if (show !== undefined) printMisses(file, results, show);
  }
}

/** The lower time of two rounds: the other one was disturbed. */
function quicker(before: readonly CaseResult[], results: readonly CaseResult[]): CaseResult[] {
  return results.map((result, index) => ({
    ...result,
    durationMs: Math.min(result.durationMs, before[index]?.durationMs ?? Infinity),
  }));
}

function format(table: CaseTable): string {
  return [
    table.file.padEnd(22),
    String(table.count).padStart(6),
    table.accuracy.toFixed(3).padStart(6),
    String(table.falseAccepts).padStart(5),
    String(table.falseRefusals).padStart(4),
    table.p50Ms.toFixed(3).padStart(9),
    table.p99Ms.toFixed(2).padStart(7),
    table.maxMs.toFixed(1).padStart(7),
    table.perSecond.toFixed(0).padStart(8),
  ].join(' ');
}

function printMisses(file: string, results: readonly CaseResult[], show: string): void {
  if (show !== 'all' && !file.startsWith(show)) return;
  const cases = new Map(readCases(file).map((labelled) => [labelled.id, labelled]));
  for (const { id, isRight, status } of results) {
    if (isRight === (status === 'correct')) continue;
    const labelled = cases.get(id);
    const pred = labelled?.pred ?? '';
    process.stdout.write(
      `  ${isRight ? 'FN' : 'FP'} ${id} ${status} ${JSON.stringify(labelled?.gold.slice(0, 150))} <- ${JSON.stringify(pred.length > 160 ? `…${pred.slice(-150)}` : pred)}\n`,
    );
  }
}

if (import.meta.main) {
  const [verifierId = 'math', policy = '{}', boxing = 'bare', show] = process.argv.slice(2);
  main(
    {
      verifierId,
      policy: JSON.parse(policy) as unknown,
      boxing: boxing === 'boxed' ? 'boxed' : 'bare',
    },
    show,
  );
}
