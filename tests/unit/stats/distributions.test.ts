import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incompleteBeta } from '#lib/stats/incomplete-beta.ts';
import { logGamma } from '#lib/stats/log-gamma.ts';
import { normalCdf, normalQuantile } from '#lib/stats/normal.ts';
import { studentTCdf, studentTQuantile } from '#lib/stats/student-t.ts';

describe('the normal distribution', () => {
  test.each([
    [0.975, 1.959963984540054],
    [0.995, 2.5758293035489004],
    [0.8, 0.8416212335729143],
    [1e-10, -6.361340902404056],
    [0.5, 0],
  ])('the quantile of %f', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 11);
  });

  test('tails keep their digits', () => {
    expect(normalCdf(-10) / 7.61985302416052e-24).toBeCloseTo(1, 10);
    expect(normalCdf(-3) / 0.0013498980316300933).toBeCloseTo(1, 10);
    expect(normalCdf(-50)).toBe(0);
  });

  test('quantile and distribution function undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
        expect(Math.abs(normalCdf(normalQuantile(p)) - p)).toBeLessThan(1e-12);
      }),
    );
  });

  test.each([0, 1, -0.1, Number.NaN])('a probability of %f is refused', (p) => {
    expect(() => normalQuantile(p)).toThrow(RangeError);
  });
});

describe('Student’s t', () => {
  test.each([
    [0.975, 1, 12.706204736432095],
    [0.975, 2, 4.302652729696142],
    [0.975, 29, 2.045229642132703],
    [0.995, 10, 3.169272672616842],
    [0.975, 1_000_000, 1.9599663568141],
  ])('the quantile of %f with %i degrees of freedom', (p, df, t) => {
    expect(studentTQuantile(p, df)).toBeCloseTo(t, 9);
    expect(studentTQuantile(1 - p, df)).toBeCloseTo(-t, 9);
  });

  test('one degree of freedom is the Cauchy distribution', () => {
    for (const x of [-20, -1, 0, 0.3, 7]) {
      expect(studentTCdf(x, 1)).toBeCloseTo(0.5 + Math.atan(x) / Math.PI, 13);
    }
  });
});

describe('special functions', () => {
  test('ln Γ follows the factorials and Γ(1/2) = √π', () => {
    let factorial = 0;
    for (let n = 1; n <= 100; n += 1) {
      expect(Math.abs(logGamma(n) - factorial)).toBeLessThan(1e-12 * Math.max(1, factorial));
      factorial += Math.log(n);
    }
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 14);
  });

  test('the incomplete beta function is symmetric and equals x^a for b = 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.1, max: 200, noNaN: true }),
        fc.double({ min: 0.1, max: 200, noNaN: true }),
        (x, a, b) => {
          expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 10);
          expect(incompleteBeta(x, a, 1)).toBeCloseTo(x ** a, 10);
        },
      ),
    );
  });
});
