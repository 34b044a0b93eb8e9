import { unavailable, type Unavailable } from '../reduction/reduction.ts';
import { expectedSamples, isCorrect, type MetricSample, type RunSamples } from './run-samples.ts';

/**
 * The position measures differ only in this: which responses they look at, what must be right for the position to count, what a
 * response without it is worth, and whether the share before or after the first correct answer is meant.
 */
export interface FirstCorrectRule {
  responses: 'all' | 'wrong';
  /** `trace`: a correct answer stands somewhere in the trace. `response`: the final answer is correct as well. */
  requires: 'trace' | 'response';
  /** The value of a response that lacks what is required. */
  otherwise: 0 | 1;
  side: 'before' | 'after';
}

/**
 * The share of a trace up to its first correct answer, or after it. Null when the trace was not analysed, when it has no tokens,
 * or when the rule does not look at this response.
 */
export function firstCorrectShare(sample: MetricSample, rule: FirstCorrectRule): number | null {
  const { trace } = sample;
  if (trace === null || trace.tokens <= 0) return null;
  if (rule.responses === 'wrong' && isCorrect(sample)) return null;
  const isMet = rule.requires === 'trace' || isCorrect(sample);
  if (trace.firstCorrectTokens === null || !isMet) return rule.otherwise;
  const before = Math.min(1, trace.firstCorrectTokens / trace.tokens);
  return rule.side === 'before' ? before : 1 - before;
}

/** The values of all responses that a sample measure answers, each item's summed, with their number. */
export interface SampleSums {
  sums: Float64Array;
  counts: Float64Array;
}

/** Sums a sample measure over the items. Unavailable when no response has a value, with the reason handed in. */
export function sumSamples(
  run: RunSamples,
  measure: (sample: MetricSample) => number | null,
  emptyReason: string,
): SampleSums | Unavailable {
  const values = run.items.map(({ samples }) =>
    samples.map(measure).filter((value) => value !== null),
  );
  if (values.every((list) => list.length === 0)) return unavailable(emptyReason);
  return {
    sums: Float64Array.from(values, (list) => list.reduce((sum, value) => sum + value, 0)),
    counts: Float64Array.from(values, (list) => list.length),
  };
}

/** How many samples were not looked at because their trace is not analysed, for the reader. */
export function traceNotes(run: RunSamples): string[] {
  const samples = run.items.flatMap((item) => item.samples);
  const expected = run.items.reduce((sum, item) => sum + expectedSamples(run, item), 0);
  const analysed = samples.filter(({ trace }) => trace !== null).length;
  return analysed === expected ? [] : [`Over ${analysed} analysed traces of ${expected} samples.`];
}
