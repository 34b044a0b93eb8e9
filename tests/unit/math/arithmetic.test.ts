import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluatePrecisely } from '#lib/math/evaluate-precise.ts';
import { evaluateExact } from '#lib/math/exact.ts';
import { sameValue } from '#lib/math/identity.ts';
import { parseAnswer } from '#lib/math/parse.ts';
import { toNumber as toDouble } from '#lib/math/precise.ts';
import * as q from '#lib/math/rational.ts';
import type { Node } from '#lib/math/tree.ts';

const SEED = 20260412;

function exact(text: string): string | null {
  const value = evaluateExact(parseAnswer(text));
  return value === null ? null : q.formatRational(value);
}

describe('exact values', () => {
  test.each([
    ['\\frac{1}{2} + \\frac{1}{3}', '5/6'],
    ['2\\frac{1}{3}', '7/3'],
    ['-2^2', '-4'],
    ['2^{-3}', '1/8'],
    ['2^{3^2}', '512'],
    ['(2^3)^2', '64'],
    ['10!/8!', '90'],
    ['\\binom{10}{4}', '210'],
    ['\\gcd(12, 18)', '6'],
    ['\\operatorname{lcm}(4, 6)', '12'],
    ['-7 \\bmod 5', '3'],
    ['\\sqrt{\\frac{9}{4}}', '3/2'],
    ['\\sqrt[3]{-27}', '-3'],
    ['\\log_2 \\frac{1}{8}', '-3'],
    ['\\sum_{k=1}^{4} k^2', '30'],
    ['0.1\\overline{6}', '1/6'],
    ['\\frac12\\cdot 6', '3'],
    ['1,234.5', '2469/2'],
    ['1101_2', '13'],
    ['\\max(3, 7/2)', '7/2'],
  ])('%s is %s', (text, value) => expect(exact(text)).toBe(value));

  test.each(['\\sqrt{2}', '1/0', '0^{-1}', '9^{9^{9}}', '100000!', 'x', '\\pi'])(
    '%s has none',
    (text) => expect(exact(text)).toBeNull(),
  );
});

const fraction = fc
  .tuple(fc.bigInt(-999n, 999n), fc.bigInt(1n, 999n))
  .map(([n, d]) => q.rational(n, d));

function written(value: q.Rational): string {
  return `\\frac{${value.n}}{${value.d}}`;
}

describe('laws that hold for all fractions', () => {
  test('what is written is read back', () => {
    fc.assert(
      fc.property(fraction, (a) => exact(written(a)) === q.formatRational(a)),
      { seed: SEED },
    );
  });

  test('sums and products agree with the arithmetic', () => {
    const law = fc.property(fraction, fraction, (a, b) => {
      const sum = exact(`${written(a)} + ${written(b)}`);
      const product = exact(`${written(a)} \\cdot ${written(b)}`);
      return (
        sum === q.formatRational(q.add(a, b)) && product === q.formatRational(q.multiply(a, b))
      );
    });
    fc.assert(law, { seed: SEED });
  });

  test('a square root is exact exactly for squares', () => {
    fc.assert(
      fc.property(fraction, (a) => {
        const root = q.exactRoot(q.multiply(a, a), 2);
        return root !== null && q.equals(q.multiply(root, root), q.multiply(a, a));
      }),
      { seed: SEED },
    );
  });
});

describe('precise values of constants', () => {
  test.each([
    ['\\pi', Math.PI],
    ['e', Math.E],
    ['\\sqrt{2}', Math.SQRT2],
    ['\\ln 10', Math.LN10],
    ['\\sin 1', Math.sin(1)],
    ['\\cos 40', Math.cos(40)],
    ['\\arctan 3', Math.atan(3)],
    ['2^{\\sqrt{3}}', 2 ** Math.sqrt(3)],
    ['\\arcsin \\frac{1}{3}', Math.asin(1 / 3)],
  ])('%s', (text, value) => {
    const { value: precise } = evaluatePrecisely(parseAnswer(text));
    expect(precise === null ? null : toDouble(precise)).toBeCloseTo(value, 13);
  });

  test.each([
    ['e^{\\pi\\sqrt{163}}', '262537412640768744'],
    ['\\pi', '3.14159265358979323846264338327950288'],
    ['\\sqrt{2}', '\\frac{6369051672525773}{4503599627370496}'],
    ['10^{-40} + \\sqrt{3}', '\\sqrt{3}'],
  ])('%s is told from its neighbour %s', (a, b) => {
    expect(sameValue(parseAnswer(a), parseAnswer(b)).result).toBe('different');
  });
});

describe('identities', () => {
  const judge = (a: string, b: string): string => sameValue(parseAnswer(a), parseAnswer(b)).result;

  test('an identity is equal, also after a change of one coefficient by a hair it is not', () => {
    expect(judge('(x+y)^3', 'x^3+3x^2y+3xy^2+y^3')).toBe('equal');
    expect(judge('(x+y)^3', 'x^3+3x^2y+3.0000000000001xy^2+y^3')).toBe('different');
  });

  test('polynomials that are expanded from random roots are equal to their factors', () => {
    const roots = fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -30, max: 30 }));
    fc.assert(
      fc.property(
        roots,
        ([a, b]) => judge(`(x - (${a}))(x - (${b}))`, `x^2 - (${a + b})x + (${a * b})`) === 'equal',
      ),
      { seed: SEED },
    );
  });

  test('the verdict does not depend on the order of the sides', () => {
    const pairs = [
      ['\\sin 2x', '2\\sin x\\cos x'],
      ['\\sqrt{x^2}', 'x'],
      ['x!', '\\frac{(x+1)!}{x+1}'],
    ] as const;
    for (const [a, b] of pairs) expect(judge(a, b)).toBe(judge(b, a));
  });
});

test('reading random symbols never fails in another way than by its own error', () => {
  const pieces = [
    '\\frac',
    '\\sqrt',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '|',
    '^',
    '_',
    '12',
    'x',
    '\\text{or}',
    ',',
    '=',
    '<',
    '\\pm',
    '\\cup',
    '!',
    '%',
    '\\begin{pmatrix}',
    '\\end{pmatrix}',
    '\\\\',
    '&',
    '\\{',
    '\\}',
    '\\mid',
    ':',
    ' ',
    '\\int',
    'd',
    '\\sum_',
  ];
  const text = fc
    .array(fc.constantFrom(...pieces), { maxLength: 25 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (source) => {
      const node = read(source);
      return node === null || typeof node.kind === 'string';
    }),
    { seed: SEED, numRuns: 3000 },
  );
});

function read(source: string): Node | null {
  try {
    return parseAnswer(source);
  } catch (error) {
    if (error instanceof Error && error.constructor.name === 'MathSyntaxError') return null;
    throw error;
  }
}
