import type { Variable } from '../puzzle.ts';
import { linearRule } from '../rules/linear-rule.ts';
import { ANSWER_INSTRUCTION, type Kind } from './kind.ts';

const SIZES = { easy: 5, medium: 6, hard: 7 };

/** Which of the numbers add up to the target? */
export const targetSum: Kind = {
  id: 'target-sum',
  label: 'Target sum',
  verifier: 'math',
  draft(rng, difficulty) {
    const size = SIZES[difficulty];
    const pool = Array.from({ length: 8 * size }, (_, index) => index + 3);
    const numbers = rng.shuffle(pool).slice(0, size);
    const kept = numbers.filter(() => rng.below(2) === 1);
    if (kept.length < 2 || kept.length > size - 2) return null;
    const target = kept.reduce((sum, number) => sum + number, 0);

    const variables = numbers.map((number): Variable => ({
      name: `the number ${number}`,
      domain: [0, 1],
      show: describeChoice,
      say: (value) => `${number} is ${describeChoice(value)}`,
    }));
    const terms = numbers.map((factor, variable) => ({ variable, factor }));
    return {
      prompt: [
        `Here are ${size} different numbers: ${numbers.join(', ')}.`,
        `Keep some of them, each at most once, so that the kept numbers add up to exactly ${target}.`,
        'Only one selection works. What is the product of the smallest and the largest kept number?',
        ANSWER_INSTRUCTION,
      ].join(' '),
      puzzle: {
        variables,
        rules: [linearRule('the sum', terms, target)],
        answer(values) {
          const chosen = numbers.filter((_, index) => values[index] === 1);
          return chosen.length === 0 ? '0' : `${Math.min(...chosen) * Math.max(...chosen)}`;
        },
      },
    };
  },
};

function describeChoice(value: number): string {
  return value === 1 ? 'kept' : 'left out';
}
