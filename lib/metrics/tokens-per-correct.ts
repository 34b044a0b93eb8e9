import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns, unavailable } from './reduction/reduction.ts';
import { cutNotes, itemLengths } from './run/lengths.ts';
import { countCorrect } from './run/run-samples.ts';

/** All tokens over all correct answers: what one success costs when failures are paid for as well. */
export const tokensPerCorrect: Metric<Record<string, never>> = {
  id: 'tokens-per-correct',
  version: 1,
  label: 'Tokens per correct answer',
  description:
    'All tokens divided by the number of correct answers, so that failures are paid for as well. Undefined without a correct answer.',
  formula: 'Σ L / Σ c',
  source: 'Own definition',
  direction: 'lower',
  unit: 'tokens',
  needs: ['tokens'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: z.strictObject({}),
  reduce(run) {
    const lengths = run.items.map((item) => itemLengths(item));
    if (lengths.every((values) => values.length === 0))
      return unavailable('No answer has a known length.');
    const answered = run.items.flatMap(({ samples }) =>
      samples.filter(({ outcome }) => outcome !== 'error'),
    );
    if (answered.some(({ tokens }) => tokens === null))
      return unavailable('Some answers have no known length, so the total is not known.');
    return {
      ...reduceToColumns(
        [
          Float64Array.from(lengths, (values) => values.reduce((sum, value) => sum + value, 0)),
          Float64Array.from(run.items, countCorrect),
        ],
        ([tokens, correct]) => (tokens === undefined || !correct ? null : tokens / correct),
        'No answer is correct.',
      ),
      notes: cutNotes(run),
    };
  },
};
