import type { MetricItem, MetricSample, RunSamples } from '#lib/metrics/run/run-samples.ts';
import type { Rng } from '#lib/rng.ts';

export function sample(fields: Partial<MetricSample> = {}): MetricSample {
  return {
    outcome: 'wrong',
    promptTokens: null,
    tokens: null,
    reasoningTokens: null,
    answerTokens: null,
    requestedTokens: null,
    finishReason: 'unknown',
    answerClass: null,
    signals: {},
    trace: null,
    ...fields,
  };
}

export function item(
  key: string,
  samples: readonly Partial<MetricSample>[],
  fields: Partial<MetricItem> = {},
): MetricItem {
  return { key, difficulty: null, groups: {}, samples: samples.map(sample), ...fields };
}

export function run(items: readonly MetricItem[], fields: Partial<RunSamples> = {}): RunSamples {
  return { items, samplesPerItem: null, traceVisibility: 'full', ...fields };
}

/** One sample an item: pairs of correct (1 or 0) and tokens. */
export function runOfPairs(pairs: readonly (readonly [number, number | null])[]): RunSamples {
  return run(
    pairs.map(([correct, tokens], i) =>
      item(`i${i}`, [{ outcome: correct === 1 ? 'correct' : 'wrong', tokens }]),
    ),
  );
}

const OUTCOMES = ['correct', 'correct', 'wrong', 'unparsed', 'unverifiable', 'error'] as const;
const FINISHES = ['stop', 'stop', 'length', 'unknown', 'error'] as const;

/** A run of any shape that a file may bring: missing samples, unknown lengths, cut answers, hidden traces, ties. */
export function randomRun(rng: Rng, options: { items: number; isComplete: boolean }): RunSamples {
  const { isComplete } = options;
  const some = <T>(value: T): T | null => (isComplete || rng.below(5) > 0 ? value : null);
  const samplesPerItem = rng.pick([1, 4, 4, 8]);
  return {
    samplesPerItem,
    traceVisibility: isComplete ? 'full' : rng.pick(['full', 'hidden', 'summary', 'unknown']),
    items: Array.from({ length: options.items }, (_, position) => ({
      key: `item-${position}`,
      difficulty: some(rng.pick(['1', '2', '3'])),
      groups: { subset: rng.pick(['overthinking', 'underthinking']) },
      samples: Array.from(
        { length: isComplete ? samplesPerItem : rng.below(samplesPerItem + 2) },
        (_sample, index) => randomSample(rng, { index, some }),
      ),
    })),
  };
}

function randomSample(
  rng: Rng,
  { index, some }: { index: number; some: <T>(value: T) => T | null },
): MetricSample {
  const outcome = rng.pick(OUTCOMES);
  const isError = outcome === 'error';
  const tokens = rng.pick([0, 1, 17, 500, 999, 4000, 40_000]);
  const solutions = Array.from({ length: rng.below(4) }, () => ({
    tokens: rng.below(200),
    isCorrect: rng.below(2) === 0,
    cluster: some(rng.below(3)),
  }));
  return {
    outcome,
    promptTokens: some(rng.below(300)),
    tokens: isError ? null : some(tokens),
    reasoningTokens: isError ? null : some(Math.floor(tokens / 2)),
    answerTokens: isError ? null : some(Math.ceil(tokens / 2)),
    requestedTokens: some(rng.pick([0, 500, 1000])),
    finishReason: rng.pick(FINISHES),
    answerClass: outcome === 'correct' ? 'right' : some(rng.pick(['a', 'b', 'c'])),
    // No two samples of an item share a score: which of equals is first depends on the order.
    signals:
      rng.below(5) === 0 ? {} : { reward: index + rng.float() / 2, reflections: rng.below(9) },
    trace: some({
      tokens: rng.pick([0, 400, 900]),
      firstCorrectTokens: some(rng.below(900)),
      solutions: some(solutions),
    }),
  };
}
