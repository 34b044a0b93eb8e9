import { unavailable, type Unavailable } from '../reduction/reduction.ts';
import { countCorrect, expectedSamples, type RunSamples } from './run-samples.ts';

/** n samples and c correct ones of every item. */
export interface SuccessCounts {
  samples: number[];
  correct: number[];
}

/** For estimators that draw k of n samples: every item needs at least k. Missing samples count among the n, as not correct. */
export function successCounts(run: RunSamples, k: number): SuccessCounts | Unavailable {
  const samples = run.items.map((item) => expectedSamples(run, item));
  const least = Math.min(...samples);
  if (least < k)
    return unavailable(`Each item needs ${k} or more samples, and one has only ${least}.`);
  return { samples, correct: run.items.map(countCorrect) };
}

/** Whether every item was sampled once: a mean over items is a proportion then. */
export function isSingleSample(run: RunSamples): boolean {
  return run.items.every((item) => expectedSamples(run, item) === 1);
}
