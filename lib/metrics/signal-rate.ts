import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns, unavailable } from './reduction/reduction.ts';
import { isCorrect, type MetricSample } from './run/run-samples.ts';

const Options = z.strictObject({
  /** The number that each sample carries under this name: a keyword count, the share of repeated steps … */
  signal: z.string().min(1).default('reflections'),
  /** Long traces have more of everything, so counts want both. */
  per: z.enum(['response', '1k-tokens']).default('response'),
  outcome: z.enum(['all', 'correct', 'other']).default('all'),
  /**
   * `presence` counts a sample once, however often it has the signal. `share`: of all signals of its group, which are those
   * with the same name up to the last colon.
   */
  as: z.enum(['amount', 'presence', 'share']).default('amount'),
});

/** The mean of a number that each sample carries, a response or 1,000 tokens of it (both of LASER's readings of keywords). */
export const signalRate: Metric<z.infer<typeof Options>> = {
  id: 'signal-rate',
  version: 1,
  label: 'Rate of a signal',
  description:
    'Mean of a number measured in each response, such as reflection keywords or repeated steps: per response, or per 1,000 tokens of the responses that have a length. Over all, correct or other responses; as an amount, as the presence of a behaviour, or as its share of all behaviours seen.',
  formula: 'Σ s / N, 1,000 · Σ s / Σ L, or Σ s / Σ of all s of the group',
  source:
    'LASER (arXiv 2505.15612), analysis of redundancy, for keywords per response and the share of behaviours',
  direction: 'none',
  unit: 'ratio',
  needs: ['signal'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce(run, { signal, per, outcome, as }) {
    const isRead = (sample: MetricSample): boolean =>
      sample.signals[signal] !== undefined &&
      (outcome === 'all' || isCorrect(sample) === (outcome === 'correct')) &&
      (per === 'response' || sample.tokens !== null);
    const read = run.items.map(({ samples }) => samples.filter(isRead));
    if (read.every((samples) => samples.length === 0))
      return unavailable(`No response of this kind carries a number called "${signal}".`);
    const total = (of: (sample: MetricSample) => number): Float64Array =>
      Float64Array.from(read, (samples) => samples.reduce((sum, sample) => sum + of(sample), 0));
    return reduceToColumns(
      [
        total(({ signals }) => {
          const amount = signals[signal] ?? 0;
          return as === 'presence' ? Number(amount > 0) : amount;
        }),
        total((sample) => {
          if (as === 'share') return groupAmount(sample, signal);
          return per === 'response' ? 1 : (sample.tokens ?? 0) / 1000;
        }),
      ],
      ([sum, size]) => (sum === undefined || !size ? null : sum / size),
      as === 'share' ? 'No behaviour was seen.' : 'The responses have no tokens.',
    );
  },
};

/** What the sample has of its signal and of those named like it up to the last colon. */
function groupAmount({ signals }: MetricSample, signal: string): number {
  const group = signal.slice(0, signal.lastIndexOf(':') + 1);
  return Object.entries(signals).reduce(
    (sum, [name, amount]) =>
      name.slice(0, name.lastIndexOf(':') + 1) === group ? sum + amount : sum,
    0,
  );
}
