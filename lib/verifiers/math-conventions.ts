import type { MathPolicy } from '#lib/math/policy.ts';
import type { Convention } from './verifier.ts';

/** Each switch of the policy by an answer on which its values differ. */
export const MATH_CONVENTIONS: readonly (Convention & { readonly name: keyof MathPolicy })[] = [
  {
    name: 'percent',
    asks: 'May a percent sign that only one side writes be left out?',
    ...{ gold: '25\\%', answer: '25', rightUnder: ['sign-optional'] },
  },
  {
    name: 'units',
    asks: 'May a unit that only one side writes be left out?',
    ...{ gold: '12 \\text{ cm}', answer: '12', rightUnder: ['optional'] },
  },
  {
    name: 'order',
    asks: 'May the values of a bare list come in any order?',
    ...{ gold: '1, 2, 3', answer: '3, 1, 2', rightUnder: ['free'] },
  },
  {
    name: 'rounding',
    asks: 'Does a value count that rounds to the decimal reference at its places?',
    ...{ gold: '0.458', answer: '\\frac{27}{59}', rightUnder: ['gold-places'] },
  },
  {
    name: 'degrees',
    asks: 'May the degree sign be left out?',
    ...{ gold: '45^\\circ', answer: '45', rightUnder: ['either'] },
  },
  {
    name: 'ratio',
    asks: 'Is a ratio the number that it makes?',
    ...{ gold: '3', answer: '3:1', rightUnder: ['quotient'] },
  },
  {
    name: 'relationOrInterval',
    asks: 'May a relation stand for its interval, and the other way round?',
    ...{ gold: '(-\\infty, 2]', answer: 'x \\le 2', rightUnder: ['either'] },
  },
  {
    name: 'tupleOrSet',
    asks: 'May a tuple stand for a set with the same order?',
    ...{ gold: '\\{1, 3\\}', answer: '(1, 3)', rightUnder: ['same-order'] },
  },
  {
    name: 'unreducedFractions',
    asks: 'May a fraction be left unreduced?',
    ...{ gold: '649', answer: '\\frac{3245}{5}', rightUnder: ['accept'] },
  },
];
