import { domainOf, type Domains, type Rule, type Variable } from '../puzzle.ts';
import { ANSWER_INSTRUCTION, type Kind } from './kind.ts';

const SIZES = { easy: 3, medium: 4, hard: 5 };

const SIGNS = [
  { sign: '+', letter: 'A', apply: (left: number, right: number) => left + right },
  { sign: '-', letter: 'S', apply: (left: number, right: number) => left - right },
  { sign: '×', letter: 'M', apply: (left: number, right: number) => left * right },
];

/** Which signs make a line of arithmetic true, worked out from left to right? */
export const operatorBlanks: Kind = {
  id: 'operator-blanks',
  label: 'Missing signs',
  verifier: 'string',
  draft(rng, difficulty) {
    const blanks = Array.from({ length: SIZES[difficulty] }, (_, index) => index);
    const numbers = [...blanks, blanks.length].map(() => rng.between(2, 9));
    const secret = blanks.map(() => rng.below(SIGNS.length));
    const target = workOut(numbers, secret).at(-1) ?? 0;
    if (Math.abs(target) > 500) return null;
    return {
      prompt: [
        'Put one of the signs +, - and × into each blank so that the line is true when worked out strictly from left to right (× does not go first). Signs may repeat.',
        `${numbers.join(' _ ')} = ${target}`,
        `Write the signs in order as one word: A for +, S for -, M for ×. ${ANSWER_INSTRUCTION}`,
      ].join('\n'),
      puzzle: {
        variables: blanks.map((index): Variable => ({
          name: `blank ${index + 1}`,
          domain: SIGNS.map((_, sign) => sign),
          show: showSign,
          say: (value) => `blank ${index + 1} is ${showSign(value)}`,
        })),
        rules: [lineRule(numbers, blanks, target)],
        answer: (values) => values.map((value) => SIGNS[value]?.letter ?? '').join(''),
      },
    };
  },
};

function showSign(value: number): string {
  return SIGNS[value]?.sign ?? '';
}

/** The value after each step, the first number included. */
function workOut(numbers: readonly number[], signs: readonly number[]): number[] {
  const [first = 0, ...rest] = numbers;
  const values = [first];
  rest.forEach((number, index) => {
    const sign = SIGNS[signs[index] ?? 0];
    if (sign !== undefined) values.push(sign.apply(values.at(-1) ?? 0, number));
  });
  return values;
}

/** Holds as long as the target lies between the least and the greatest value that can still come out. */
function lineRule(numbers: readonly number[], scope: readonly number[], target: number): Rule {
  function range(domains: Domains): { low: number; high: number } {
    const [first = 0, ...rest] = numbers;
    // All numbers are positive, so every sign keeps the order of two values and the ends stay the ends.
    return rest.reduce(
      ({ low, high }, number, index) => {
        const signs = domainOf(domains, index).flatMap((value) => SIGNS[value] ?? []);
        return {
          low: Math.min(...signs.map((sign) => sign.apply(low, number))),
          high: Math.max(...signs.map((sign) => sign.apply(high, number))),
        };
      },
      { low: first, high: first },
    );
  }

  return {
    name: 'the line',
    scope,
    canHold(domains) {
      const { low, high } = range(domains);
      return low <= target && target <= high;
    },
    objection(domains) {
      const { low, high } = range(domains);
      if (low === high) return `the line gives ${low}, not ${target}`;
      return high < target
        ? `the line gives at most ${high}, under ${target}`
        : `the line gives at least ${low}, over ${target}`;
    },
    confirmation: (domains) =>
      `the line runs through ${workOut(numbers, domains.flat()).join(', ')}`,
  };
}
