import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns, unavailable } from './reduction/reduction.ts';
import { jointColumns, toJointMeans, type JointMeans } from './run/joint-columns.ts';

/** Accuracy in points minus ten times ln(T / 10,000 + 1), T the mean tokens a problem (OckBench). */
export function ockScoreOf({ accuracy, tokens }: JointMeans): number {
  return 100 * accuracy - 10 * Math.log(tokens / 10_000 + 1);
}

const Options = z.strictObject({
  /** The programme of OckBench adds the prompt's tokens; its text does not. */
  withPrompt: z.boolean().default(false),
});

export const ockScore: Metric<z.infer<typeof Options>> = {
  id: 'ock-score',
  version: 1,
  label: 'OckScore',
  description:
    'Accuracy in points, minus a penalty that grows with the logarithm of the mean length: about 7 points at 10,000 tokens.',
  formula: '100·A − 10·ln(T / 10,000 + 1)',
  source: 'OckBench, text and programme',
  direction: 'higher',
  unit: 'points',
  needs: ['tokens'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  ofMeans: ({ withPrompt }, { own }) => (withPrompt ? null : ockScoreOf(own)),
  reduce(run, { withPrompt }) {
    const columns = jointColumns(withPrompt ? addPrompts(run) : run);
    if ('reason' in columns)
      return withPrompt ? unavailable('No answer has a known length with its prompt.') : columns;
    return reduceToColumns(columns, (means) => {
      const joint = toJointMeans(means);
      return joint === null ? null : ockScoreOf(joint);
    });
  },
};

function addPrompts(run: Parameters<typeof jointColumns>[0]): typeof run {
  return {
    ...run,
    items: run.items.map((item) => ({
      ...item,
      samples: item.samples.map((sample) => ({
        ...sample,
        tokens:
          sample.tokens === null || sample.promptTokens === null
            ? null
            : sample.tokens + sample.promptTokens,
      })),
    })),
  };
}
