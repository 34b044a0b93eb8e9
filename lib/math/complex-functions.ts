import * as c from './complex.ts';
import type { Complex } from './complex.ts';
import { gcd } from './rational.ts';

type Unary = (x: Complex) => Complex;

const UNARY: Readonly<Record<string, Unary>> = {
  sin: c.sine,
  cos: c.cosine,
  tan: (x) => c.divide(c.sine(x), c.cosine(x)),
  cot: (x) => c.divide(c.cosine(x), c.sine(x)),
  sec: (x) => c.divide(ONE, c.cosine(x)),
  csc: (x) => c.divide(ONE, c.sine(x)),
  arcsin: c.arcsine,
  arccos: c.arccosine,
  arctan: c.arctangent,
  arccot: (x) => c.add(c.complex(Math.PI / 2), c.negate(c.arctangent(x))),
  arcsec: (x) => c.arccosine(c.divide(ONE, x)),
  arccsc: (x) => c.arcsine(c.divide(ONE, x)),
  sinh: (x) => half(c.add(c.exponential(x), c.negate(c.exponential(c.negate(x))))),
  cosh: (x) => half(c.add(c.exponential(x), c.exponential(c.negate(x)))),
  tanh: (x) => c.divide(UNARY_SINH(x), UNARY_COSH(x)),
  coth: (x) => c.divide(UNARY_COSH(x), UNARY_SINH(x)),
  sech: (x) => c.divide(ONE, UNARY_COSH(x)),
  csch: (x) => c.divide(ONE, UNARY_SINH(x)),
  arsinh: (x) => c.logarithm(c.add(x, c.squareRoot(c.add(c.multiply(x, x), ONE)))),
  arcosh: (x) =>
    c.logarithm(
      c.add(x, c.multiply(c.squareRoot(c.add(x, MINUS_ONE)), c.squareRoot(c.add(x, ONE)))),
    ),
  artanh: (x) => half(c.logarithm(c.divide(c.add(ONE, x), c.add(ONE, c.negate(x))))),
  arcoth: (x) => half(c.logarithm(c.divide(c.add(x, ONE), c.add(x, MINUS_ONE)))),
  exp: c.exponential,
  abs: (x) => ({ re: c.size(x), im: 0, error: x.error }),
  floor: (x) => stepped(x, Math.floor),
  ceil: (x) => stepped(x, Math.ceil),
  round: (x) => stepped(x, Math.round),
  sign: (x) => (c.isReal(x) ? c.complex(Math.sign(x.re)) : c.UNDEFINED),
  Re: (x) => ({ re: x.re, im: 0, error: x.error }),
  Im: (x) => ({ re: x.im, im: 0, error: x.error }),
  conj: (x) => ({ re: x.re, im: -x.im, error: x.error }),
  factorial: (x) => gamma(c.add(x, ONE)),
};
export const ONE = c.complex(1, 0, 0);
export const MINUS_ONE = c.complex(-1, 0, 0);
const HALF = c.complex(0.5, 0, 0);
const half: Unary = (x) => c.multiply(x, HALF);
const UNARY_SINH: Unary = (x) =>
  half(c.add(c.exponential(x), c.negate(c.exponential(c.negate(x)))));
const UNARY_COSH: Unary = (x) => half(c.add(c.exponential(x), c.exponential(c.negate(x))));

/** The value of a function by its name; null for a function that is not known, or not of so many arguments. */
export function valueOfFunction(name: string, args: readonly Complex[]): Complex | null {
  const [first, second] = args;
  if (first === undefined) return null;
  const unary = Object.hasOwn(UNARY, name) ? UNARY[name] : undefined;
  if (unary !== undefined && args.length === 1) return unary(first);
  switch (name) {
    case 'log':
      return second === undefined
        ? c.logarithm(first)
        : c.divide(c.logarithm(first), c.logarithm(second));
    case 'root':
      return second?.re === 2 ? c.squareRoot(first) : rootOf(first, second ?? c.complex(2));
    case 'max':
    case 'min':
      return args.every(c.isReal)
        ? args.reduce((a, b) => ((name === 'max' ? a.re >= b.re : a.re <= b.re) ? a : b))
        : c.UNDEFINED;
    case 'mod':
      return second !== undefined && c.isReal(first) && c.isReal(second)
        ? modulo(first, second)
        : c.UNDEFINED;
    case 'gcd':
    case 'lcm':
      return divisors(name, args);
    case 'zeta':
      return args.length === 1 && c.isReal(first) ? zeta(first) : null;
    case 'binom':
      return second === undefined ? null : choose(first, second);
    default:
      return null;
  }
}

/** Of whole numbers; null for any others. */
function divisors(name: 'gcd' | 'lcm', args: readonly Complex[]): Complex | null {
  let result = name === 'gcd' ? 0 : 1;
  for (const { re, im } of args) {
    if (im !== 0 || !Number.isSafeInteger(re)) return null;
    const size = Math.abs(re);
    if (name === 'gcd') result = Number(gcd(BigInt(result), BigInt(size)));
    else result = size === 0 ? 0 : (result / Number(gcd(BigInt(result), BigInt(size)))) * size;
    if (result > Number.MAX_SAFE_INTEGER) return null;
  }
  return { re: result, im: 0, error: 0 };
}

/** Riemann's function for a real argument above 1: twenty terms and the Euler-Maclaurin sum of the rest. */
function zeta(s: Complex): Complex | null {
  if (s.re <= 1.01 || s.error > 1e-12) return null;
  const from = 20;
  let sum = 0;
  for (let n = 1; n < from; n += 1) sum += n ** -s.re;
  sum += from ** (1 - s.re) / (s.re - 1) + from ** -s.re / 2;
  let factor = s.re * from ** (-s.re - 1);
  for (const [index, weight] of EULER_MACLAURIN.entries()) {
    sum += weight * factor;
    factor *= ((s.re + 2 * index + 1) * (s.re + 2 * index + 2)) / from ** 2;
  }
  return { re: sum, im: 0, error: 1e-15 * sum + s.error };
}

/** B(2k) / (2k)! for k = 1, 2, … (Bernoulli's numbers). */
const EULER_MACLAURIN = [1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160] as const;

/** Odd roots of negative reals are real here, as in school mathematics; other roots are principal. */
function rootOf(x: Complex, degree: Complex): Complex {
  if (c.isReal(x) && x.re < 0 && Number.isInteger(degree.re) && degree.re % 2 !== 0) {
    return c.negate(c.power(c.negate(x), c.divide(ONE, degree)));
  }
  return c.power(x, c.divide(ONE, degree));
}

function modulo(a: Complex, b: Complex): Complex {
  return c.add(a, c.negate(c.multiply(b, stepped(c.divide(a, b), Math.floor))));
}

/** A step function has no value where the error reaches a step. */
function stepped(x: Complex, round: (value: number) => number): Complex {
  if (!c.isReal(x) || round(x.re - x.error) !== round(x.re + x.error)) return c.UNDEFINED;
  return { re: round(x.re), im: 0, error: 0 };
}

function choose(n: Complex, k: Complex): Complex {
  if (c.isReal(k) && Number.isInteger(k.re) && k.re >= 0 && k.re <= 60) {
    let value: Complex = ONE;
    for (let index = 0; index < k.re; index += 1) {
      value = c.divide(c.multiply(value, c.add(n, c.complex(-index))), c.complex(index + 1));
    }
    return value;
  }
  const below = c.multiply(gamma(c.add(k, ONE)), gamma(c.add(c.add(n, c.negate(k)), ONE)));
  return c.divide(gamma(c.add(n, ONE)), below);
}

/** Lanczos coefficients for g = 7, n = 9 (P. Godfrey's table); relative error below 1e-13 on the right half-line. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
] as const;

function gamma(x: Complex): Complex {
  const isPole = x.re <= 0 && Number.isInteger(x.re);
  if (!c.isReal(x) || Math.abs(x.re) > 170 || isPole) return c.UNDEFINED;
  const value = realGamma(x.re);
  if (Number.isInteger(x.re) && x.re > 0 && x.re <= 23)
    return { re: Math.round(value), im: 0, error: 0 };
  return {
    re: value,
    im: 0,
    error: Math.abs(value) * (1e-13 + x.error * (1 + Math.abs(Math.log(Math.abs(x.re) + 1)))),
  };
}

function realGamma(x: number): number {
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * realGamma(1 - x));
  const shifted = x - 1;
  let sum = LANCZOS[0] as number;
  for (let index = 1; index < 9; index += 1) sum += (LANCZOS[index] as number) / (shifted + index);
  const t = shifted + 7.5;
  return Math.sqrt(2 * Math.PI) * t ** (shifted + 0.5) * Math.exp(-t) * sum;
}
