import { listWords } from '#lib/list-words.ts';
import type { Rng } from '#lib/rng.ts';

import type { Variable } from '../puzzle.ts';
import { linearRule, type LinearTerm } from '../rules/linear-rule.ts';
import { ANSWER_INSTRUCTION, type Kind } from './kind.ts';

const LETTERS = ['x', 'y', 'z', 'w'];
const SIZES = {
  easy: { unknowns: 2, highest: 7 },
  medium: { unknowns: 3, highest: 5 },
  hard: { unknowns: 4, highest: 5 },
};

/** Linear equations over small whole numbers, as many equations as unknowns or one fewer. */
export const linearSystem: Kind = {
  id: 'linear-system',
  label: 'Linear system',
  verifier: 'math',
  draft(rng, difficulty) {
    const { unknowns, highest } = SIZES[difficulty];
    const letters = LETTERS.slice(0, unknowns);
    const secret = letters.map(() => rng.between(1, highest));
    const equations = Array.from({ length: unknowns - (unknowns > 2 ? rng.below(2) : 0) }, () => {
      const terms = drawTerms(rng, unknowns);
      const total = terms.reduce(
        (sum, { variable, factor }) => sum + factor * (secret[variable] ?? 0),
        0,
      );
      return { terms, total };
    });
    const mentioned = new Set(equations.flatMap(({ terms }) => terms.map((term) => term.variable)));
    if (mentioned.size < unknowns) return null;

    const domain = Array.from({ length: highest }, (_, index) => index + 1);
    const lines = equations.map(
      ({ terms, total }, index) => `(${index + 1}) ${write(terms)} = ${total}`,
    );
    return {
      prompt: [
        `${listWords(letters)} are whole numbers from 1 to ${highest}; they may be equal. They satisfy`,
        ...lines,
        `What is the product ${letters.join(' · ')}? ${ANSWER_INSTRUCTION}`,
      ].join('\n'),
      puzzle: {
        variables: letters.map((name): Variable => ({
          name,
          domain,
          show: (value) => `${value}`,
          say: (value) => `${name} = ${value}`,
        })),
        rules: equations.map(({ terms, total }, index) =>
          linearRule(`equation ${index + 1}`, terms, total),
        ),
        answer: (values) => `${values.reduce((product, value) => product * value, 1)}`,
      },
    };
  },
};

function drawTerms(rng: Rng, unknowns: number): LinearTerm[] {
  const count = unknowns === 2 ? 2 : rng.between(2, unknowns);
  return rng
    .shuffle(LETTERS.slice(0, unknowns).map((_, variable) => variable))
    .slice(0, count)
    .sort((a, b) => a - b)
    .map((variable) => ({ variable, factor: rng.pick([-3, -2, -1, 1, 1, 2, 3, 4]) }));
}

function write(terms: readonly LinearTerm[]): string {
  return terms
    .map(({ variable, factor }, index) => {
      const sign = factor < 0 ? '- ' : index === 0 ? '' : '+ ';
      const size = Math.abs(factor) === 1 ? '' : Math.abs(factor);
      return `${sign}${size}${LETTERS[variable] ?? ''}`;
    })
    .join(' ')
    .replace(/^- /, '-');
}
