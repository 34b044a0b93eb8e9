import { describe, expect, test } from 'vitest';
import { verifiers } from '#lib/verifiers/index.ts';

/** Far above the 100 ms that a verdict may take on a quiet machine, far below a hang. */
const LIMIT_MS = 1_000;

const many = (count: number, make: (index: number) => string, joint = ''): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(joint);

const CASES: readonly (readonly [name: string, gold: string, response: string])[] = [
  ['a power tower', '10', '\\boxed{9^{9^{9^{9}}}}'],
  ['factorials of factorials', '10', '\\boxed{((((10^9)!)!)!)!}'],
  ['a sum of 10^12 terms', '1', '\\boxed{\\sum_{i=1}^{10^{12}} i}'],
  ['a product of 10^9 terms', '1', '\\boxed{\\prod_{i=1}^{10^{9}} (1+1/i)}'],
  ['5,000 brackets', '1', `\\boxed{${'('.repeat(5000)}1${')'.repeat(4999)}}`],
  ['50,000 braces', '1', `\\boxed{${'{'.repeat(50000)}`],
  ['60,000 dollars', '1', `${'$'.repeat(60000)}2`],
  ['20,000 openings', '1', `${'\\('.repeat(20000)}2`],
  ['300,000 letters', '1', 'a'.repeat(300000)],
  ['4,000 ones', '2', `\\boxed{${'1+'.repeat(4000)}1}`],
  ['100,000 digits', '2', `\\boxed{${'9'.repeat(100000)}}`],
  ['a power of long numbers', '2', `\\boxed{${'9'.repeat(5000)}^{${'9'.repeat(5000)}}}`],
  ['a huge polynomial', 'x', '\\boxed{(x+1)^{10000000}}'],
  ['four integrals', '1', '\\boxed{\\int_0^1\\int_0^1\\int_0^1\\int_0^1 xyzw dx dy dz dw}'],
  ['nearly one', '1', '\\boxed{0.99999999999999999999}'],
  ['one more than a large power', '2^{1000000}', '\\boxed{2^{1000000}-1}'],
  ['a tiny difference', '\\frac{1}{3^{100}}', '\\boxed{\\frac{1}{3^{101}}}'],
  ['neighbouring factorials', '1000000!', '\\boxed{999999!}'],
  ['neighbouring binomials', '\\binom{10000}{5000}', '\\boxed{\\binom{10000}{4999}}'],
  ['400 roots', '1', `\\boxed{${'\\sqrt{'.repeat(400)}2${'}'.repeat(400)}}`],
  ['300 fractions', '1', `\\boxed{${'\\frac{1}{1+'.repeat(300)}2${'}'.repeat(300)}}`],
  ['3,000 values', '1,2', `\\boxed{${many(3000, String, ',')}}`],
  ['2,000 bars', '1', `\\boxed{${'|'.repeat(2000)}1${'|'.repeat(2000)}}`],
  ['5,000 signs', '1', `\\boxed{${'-'.repeat(5000)}2}`],
  ['3,000 factorial signs', '1', `\\boxed{1${'!'.repeat(3000)}+1}`],
  ['2,000 raised powers', '1', `\\boxed{2${'^2'.repeat(2000)}}`],
  ['60,000 announcements', '1', 'answer '.repeat(60000)],
  ['200,000 stars', '1', '**'.repeat(100000)],
  ['30,000 openings of a thought', '1', '<think>'.repeat(30000)],
  ['30,000 tags with spaces', '1', '< think '.repeat(30000)],
  ['30,000 boxes', '1', `${'\\boxed{'.repeat(30000)}2`],
  ['the name of a property', '1', '\\boxed{\\text{constructor}}'],
  ['the name of a prototype', '1', '\\boxed{\\text{__proto__}}'],
  ['a property as a unit', '1', '\\boxed{2 \\text{ constructor}}'],
  ['a property as a command', '1', '\\boxed{\\constructor{1} + toString}'],
  ['half a surrogate', '1', '\\boxed{\ud800}'],
  ['1,000 zero bytes', '1', '\u0000'.repeat(1000)],
  ['200 double signs', '1', `\\boxed{\\{${'\\pm1,'.repeat(200)}2\\}}`],
  ['1,000 rays', '1', `\\boxed{${many(1000, (index) => `(-\\infty,${String(index)})`, '\\cup')}}`],
  ['3,000 members and a sum', '1', `\\boxed{\\{${many(3000, String, ',')}\\}+0}`],
  [
    '1,500 exceptions',
    'x \\ne 2',
    `\\boxed{${many(1500, (index) => `x\\ne ${String(index)}`, ',')}}`,
  ],
  ['a chain of powers', '2', `\\boxed{${'2^'.repeat(5000)}2}`],
  ['a wide matrix', '1', `\\boxed{\\begin{pmatrix}${'1&'.repeat(3000)}1\\end{pmatrix}}`],
  ['matrices in matrices', '1', `\\boxed{${'\\begin{vmatrix}'.repeat(300)}2}`],
  ['a power modulo 13', '1', '\\boxed{7^{10^{18}} \\bmod 13 + 5}'],
  ['100,000 backslashes', '1', '\\'.repeat(100000)],
  ['100,000 brackets with spaces', '1', '( '.repeat(100000)],
  ['100,000 numbers', '1', '1 '.repeat(100000)],
  ['quotes of an answer', '1', '"answer":"'.repeat(20000)],
  ['5,000 unit words', '1', `\\boxed{2 \\text{${'meters per '.repeat(5000)}}}`],
  [
    'nested derivatives',
    '0',
    `\\boxed{${'\\frac{d^9}{dx^9}('.repeat(30)}\\sin(x^2)${')'.repeat(30)}}`,
  ],
  ['a derivative of 2,000 factors', '0', `\\boxed{\\frac{d}{dx}(x${'\\cdot x'.repeat(2000)})}`],
  [
    '200 equations in another order',
    many(200, (index) => `x^2+${String(index)}y=${String(index + 1)}`, ', '),
    `\\boxed{${many(200, (index) => `2x^2+${String(400 - 2 * index)}y=${String(401 - 2 * index)}`, ', ')}}`,
  ],
  [
    'a sum of 1,000 fractions',
    '1',
    `\\boxed{${many(1000, (index) => `\\frac{1}{${String(index + 1)}}`, '+')}}`,
  ],
  ['100 long factorials', '1', `\\boxed{${many(100, (index) => `${String(1900 + index)}!`, '+')}}`],
  ['fractions over fractions', '1', `\\boxed{${'{1 \\over '.repeat(300)}2${'}'.repeat(300)}}`],
  ['5,000 empty groups', '1', `\\boxed{${'{}'.repeat(5000)}2x}`],
  ['units to the ninth', '1', '\\boxed{2 \\text{ km^9 km^9 km^9 km^9 km^9}}'],
];

describe.each(CASES)('%s', (_name, gold, response) => {
  test.each(verifiers.all.map((verifier) => [verifier.id, verifier] as const))(
    'costs %s no time',
    (id, verifier) => {
      const policy: unknown = verifier.policy.parse({});
      const start = performance.now();
      const { status } = verifier.verify({ gold, response }, policy);
      expect(performance.now() - start).toBeLessThan(LIMIT_MS);
      if (id === 'math') expect(status).not.toBe('correct');
    },
  );
});
