import type { FinishReason } from '#lib/importers/importer.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';

/** One complete attempt at the answer within a trace, as a split by labels or by text found it. */
export interface TraceSolution {
  tokens: number;
  isCorrect: boolean;
  /** Which strategy it follows; null when nobody grouped the solutions. */
  cluster: string | number | null;
}

/** What is known of the inside of one trace. */
export interface SampleTrace {
  /** All tokens of the trace, in the unit of the positions below. */
  tokens: number;
  /** Tokens up to and including the first correct answer; null when it never stands there. */
  firstCorrectTokens: number | null;
  /** In order; null when the trace was not split. */
  solutions: readonly TraceSolution[] | null;
}

/** One scored sample of one item. Unknown is null; counts are non-negative. */
export interface MetricSample {
  /** `error`: the request failed, so that nothing was answered. */
  outcome: Outcome | 'error';
  promptTokens: number | null;
  /** In the length column of the run. */
  tokens: number | null;
  reasoningTokens: number | null;
  answerTokens: number | null;
  /** The length that the prompt asked for. */
  requestedTokens: number | null;
  finishReason: FinishReason;
  /** Samples of one item with equal answers share a class; null when no answer was found. */
  answerClass: string | null;
  /** Confidence, reward score …: finite numbers by name. */
  signals: Readonly<Record<string, number>>;
  trace: SampleTrace | null;
}

export interface MetricItem {
  key: string;
  difficulty: string | null;
  /** Subject, subset …: short labels to group by. */
  groups: Readonly<Record<string, string>>;
  /** In the order of their index. */
  samples: readonly MetricSample[];
}

/** A run as the metrics read it: one entry for every item of the benchmark, also for those it never answered. */
export interface RunSamples {
  items: readonly MetricItem[];
  /** How many samples an item should have; null when the benchmark does not say. Missing ones are not correct. */
  samplesPerItem: number | null;
  traceVisibility: 'full' | 'summary' | 'hidden' | 'unknown';
}

export function isCorrect({ outcome }: MetricSample): boolean {
  return outcome === 'correct';
}

/** Samples that the item should have, missing ones included. */
export function expectedSamples(run: RunSamples, item: MetricItem): number {
  return Math.max(run.samplesPerItem ?? 0, item.samples.length);
}

export function countCorrect(item: MetricItem): number {
  return item.samples.filter(isCorrect).length;
}

/** Correct ÷ expected; an item that nobody answered lacks its point. */
export function itemAccuracy(run: RunSamples, item: MetricItem): number {
  const expected = expectedSamples(run, item);
  return expected === 0 ? 0 : countCorrect(item) / expected;
}

/** Whether two runs list the same items, in any order: only then may they be compared. */
export function hasSameItems(a: RunSamples, b: RunSamples): boolean {
  if (a.items.length !== b.items.length) return false;
  const keys = new Set(a.items.map(({ key }) => key));
  return keys.size === a.items.length && b.items.every(({ key }) => keys.has(key));
}

/** The items of `other` in the order of `run`. Both must list the same items. */
export function alignItems(run: RunSamples, other: RunSamples): MetricItem[] {
  const byKey = new Map(other.items.map((item) => [item.key, item]));
  return run.items.map(({ key }) => {
    const item = byKey.get(key);
    if (item === undefined) throw new RangeError(`The other run does not have the item ${key}.`);
    return item;
  });
}
