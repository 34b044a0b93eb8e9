import type { FinishReason } from '#lib/importers/importer.ts';
import type { MetricItem, MetricSample, RunSamples } from '#lib/metrics/run/run-samples.ts';
import type { MeasuredTrace } from '#lib/redundancy/trace/measure-trace.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';

/** What stands in the text of an attempt, as far as it was measured. */
export type AttemptTrace = Pick<
  MeasuredTrace,
  | 'reflections'
  | 'switches'
  | 'loops'
  | 'steps'
  | 'repeatedStepShare'
  | 'ngramRepetition'
  | 'loopShare'
>;

/** One judged and measured attempt, from a file or from the database. Unknown is null. */
export interface AnalysedAttempt {
  itemKey: string;
  sampleIndex: number;
  outcome: Outcome | 'error';
  extracted: string | null;
  promptTokens: number | null;
  /** In one length column. */
  tokens: number | null;
  reasoningTokens: number | null;
  answerTokens: number | null;
  finishReason: FinishReason;
  signals: Readonly<Record<string, number>>;
  trace: AttemptTrace | null;
  /** Whether the text was searched for a correct answer, with positions in the length column; else the next says nothing. */
  isSearched: boolean;
  /** Tokens up to and including the first correct answer; null when none was found. */
  firstCorrectTokens: number | null;
  /** Samples of one item with equal answers share a class; null when no answer was found. */
  answerClass: string | null;
  /** How often each behaviour was labelled, by source and behaviour; what nobody labelled is missing. */
  behaviours?: Readonly<Record<string, number>>;
}

/** What is known of an item. */
export interface AnalysedItem {
  key: string;
  difficulty: string | null;
  groups: Readonly<Record<string, string>>;
}

/** One run with all that an analysis reads. */
export interface AnalysedRun {
  id: string;
  label: string;
  samples: RunSamples;
  /** Who counted the lengths; null when there are none. */
  lengthColumn: string | null;
  /** How verdicts were made: `math@2`, or `reported` for the source's own score. */
  verifier: string;
}

/** Names under which what was measured in a text stands among the signals of its sample. */
export const TRACE_SIGNALS = [
  'reflections',
  'switches',
  'loops',
  'steps',
  'repeatedStepShare',
  'ngramRepetition',
  'loopShare',
] as const satisfies readonly (keyof AttemptTrace)[];

/** Groups attempts by item, in the order of the items; an item without attempts stays, and lacks its points. */
export function toRunSamples(
  items: readonly AnalysedItem[],
  attempts: readonly AnalysedAttempt[],
  run: { samplesPerItem: number | null; traceVisibility: RunSamples['traceVisibility'] },
): RunSamples {
  const byItem = new Map<string, AnalysedAttempt[]>();
  for (const attempt of attempts) {
    const known = byItem.get(attempt.itemKey);
    if (known === undefined) byItem.set(attempt.itemKey, [attempt]);
    else known.push(attempt);
  }
  return {
    ...run,
    items: items.map(({ key, difficulty, groups }): MetricItem => ({
      key,
      difficulty,
      groups,
      samples: (byItem.get(key) ?? [])
        .sort((a, b) => a.sampleIndex - b.sampleIndex)
        .map(toMetricSample),
    })),
  };
}

function toMetricSample(attempt: AnalysedAttempt): MetricSample {
  const { outcome, tokens, trace, isSearched, firstCorrectTokens } = attempt;
  const isMeasured = isSearched && tokens !== null && outcome !== 'error';
  return {
    outcome,
    promptTokens: attempt.promptTokens,
    tokens,
    reasoningTokens: attempt.reasoningTokens,
    answerTokens: attempt.answerTokens,
    requestedTokens: attempt.signals.requested_tokens ?? null,
    finishReason: attempt.finishReason,
    answerClass: outcome === 'correct' ? 'correct' : attempt.answerClass,
    signals: { ...attempt.signals, ...(trace !== null && signalsOf(trace)), ...attempt.behaviours },
    trace: isMeasured ? { tokens, firstCorrectTokens, solutions: null } : null,
  };
}

function signalsOf(trace: AttemptTrace): Record<string, number> {
  const known = TRACE_SIGNALS.flatMap((name) => {
    const value = trace[name];
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known);
}
