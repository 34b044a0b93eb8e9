import { bitLength, type Rational } from './rational.ts';

/** A binary floating-point number `m · 2^e` with `PRECISION` bits, for telling near-equal constants apart. */
export interface Precise {
  readonly m: bigint;
  readonly e: number;
}

export const PRECISION = 256;
/** Some bits are lost on the way; equal values agree to many more than unequal ones ever do by chance. */
export const AGREEING_BITS = 180;
/** Results beyond this exponent are left alone: no answer needs them. */
const MAX_EXPONENT = 100_000;

export const ZERO: Precise = { m: 0n, e: 0 };
export const ONE = fromInteger(1n);

function fromInteger(value: bigint): Precise {
  return rounded(value, 0);
}

function rounded(m: bigint, e: number): Precise {
  const excess = bitLength(m) - PRECISION;
  return excess > 8 ? { m: m >> BigInt(excess), e: e + excess } : { m, e };
}

export function fromRational(value: Rational): Precise {
  return value.d === 1n ? fromInteger(value.n) : divide(fromInteger(value.n), fromInteger(value.d));
}

export function toNumber(value: Precise): number {
  const excess = Math.max(0, bitLength(value.m) - 64);
  return Number(value.m >> BigInt(excess)) * 2 ** (value.e + excess);
}

export function isZero(value: Precise): boolean {
  return value.m === 0n;
}

/** The exponent of the leading bit; comparisons of size need no more. */
export function magnitude(value: Precise): number {
  return value.m === 0n ? -Infinity : bitLength(value.m) + value.e;
}

export function isHuge(value: Precise): boolean {
  return Math.abs(value.e) > MAX_EXPONENT;
}

export function negate(a: Precise): Precise {
  return { m: -a.m, e: a.e };
}

export function add(a: Precise, b: Precise): Precise {
  if (a.m === 0n) return b;
  if (b.m === 0n) return a;
  const [high, low] = a.e >= b.e ? [a, b] : [b, a];
  const shift = high.e - low.e;
  if (shift > 2 * PRECISION + bitLength(low.m)) return high;
  return rounded((high.m << BigInt(shift)) + low.m, low.e);
}

export function multiply(a: Precise, b: Precise): Precise {
  return rounded(a.m * b.m, a.e + b.e);
}

/** The divisor must not be zero. */
export function divide(a: Precise, b: Precise): Precise {
  const shift = 2 * PRECISION;
  return rounded((a.m << BigInt(shift)) / b.m, a.e - b.e - shift);
}

/** Roots beyond this degree are powers with a fraction as their exponent. */
export const MAX_DEGREE = 64;
/** Each doubles the about 50 right bits of the double that the iteration begins with. */
const ROOT_ROUNDS = 3;

/** The root of a positive number (Newton's iteration from the double root). */
export function root(a: Precise, degree: number): Precise {
  if (degree === 2) return squareRoot(a);
  const shift = Math.floor(magnitude(a) / degree) * degree;
  const scaled = { m: a.m, e: a.e - shift };
  const order = fromInteger(BigInt(degree));
  let value = fromNumber(toNumber(scaled) ** (1 / degree));
  for (let round = 0; round < ROOT_ROUNDS; round += 1) {
    const quotient = divide(scaled, integerPower(value, degree - 1));
    value = add(value, divide(add(quotient, negate(value)), order));
  }
  return { m: value.m, e: value.e + shift / degree };
}

/** On integers, whose division is cheap. */
function squareRoot(a: Precise): Precise {
  let shift = Math.max(0, 2 * PRECISION - bitLength(a.m));
  if ((a.e - shift) % 2 !== 0) shift += 1;
  const value = a.m << BigInt(shift);
  let guess = 1n << BigInt(Math.ceil(bitLength(value) / 2));
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) break;
    guess = next;
  }
  return rounded(guess, (a.e - shift) / 2);
}

/** By squaring; the exponent is not negative. */
export function integerPower(base: Precise, exponent: number): Precise {
  let result = ONE;
  for (let rest = exponent, square = base; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

function halved(a: Precise, times: number): Precise {
  return { m: a.m, e: a.e - times };
}

/** Bits behind the point of a sum of a series. */
const SERIES_BITS = PRECISION + 64;

/** A small number with `SERIES_BITS` bits behind the point. */
function fixed(a: Precise): bigint {
  const shift = a.e + SERIES_BITS;
  return shift >= 0 ? a.m << BigInt(shift) : a.m >> BigInt(-shift);
}

/** Taylor series after halving the argument; the result is squared back up. */
export function exponential(a: Precise): Precise {
  if (a.m === 0n) return ONE;
  const halvings = Math.max(0, magnitude(a) + 12);
  const small = fixed(halved(a, halvings));
  const bits = BigInt(SERIES_BITS);
  let term = 1n << bits;
  let series = term;
  for (let index = 1n; term !== 0n && term !== -1n; index += 1n) {
    term = ((term * small) >> bits) / index;
    series += term;
  }
  let sum = rounded(series, -SERIES_BITS);
  for (let index = 0; index < halvings; index += 1) sum = multiply(sum, sum);
  return sum;
}

/** Either iteration below triples the right digits of a double in a round. */
const NEWTON_ROUNDS = 2;

/** Halley's iteration on the exponential from the double logarithm; the argument must be positive. */
export function logarithm(a: Precise): Precise {
  const shift = magnitude(a);
  const scaled = { m: a.m, e: a.e - shift };
  let value = fromNumber(Math.log(toNumber(scaled)));
  for (let round = 0; round < NEWTON_ROUNDS; round += 1) {
    const e = exponential(value);
    const correction = divide(add(scaled, negate(e)), add(scaled, e));
    value = add(value, { m: correction.m, e: correction.e + 1 });
  }
  return shift === 0 ? value : add(value, multiply(fromInteger(BigInt(shift)), LN2()));
}

function fromNumber(value: number): Precise {
  if (value === 0) return ZERO;
  const exponent = Math.floor(Math.log2(Math.abs(value))) - 53;
  return rounded(BigInt(Math.round(value * 2 ** -exponent)), exponent);
}

function memo(compute: () => Precise): () => Precise {
  let known: Precise | null = null;
  return () => (known ??= compute());
}

/** ln 2 = 2 artanh(1/3). */
const LN2 = memo(() => {
  const value = arctangentSeries(3n, 1n);
  return { m: value.m, e: value.e + 1 };
});

/** Machin's formula: π = 16 arctan(1/5) − 4 arctan(1/239). */
export const PI = memo(() => {
  const [a, b] = [arctangentSeries(5n, -1n), arctangentSeries(239n, -1n)];
  return add({ m: a.m, e: a.e + 4 }, negate({ m: b.m, e: b.e + 2 }));
});

/** Σ sign^k / ((2k+1)·x^(2k+1)): arctan(1/x) for sign −1, artanh(1/x) for sign +1. */
function arctangentSeries(x: bigint, sign: bigint): Precise {
  const scale = 1n << BigInt(PRECISION + 64);
  let power = scale / x;
  let sum = power;
  let factor = 1n;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= x * x;
    factor *= sign;
    sum += (factor * power) / k;
  }
  return rounded(sum, -PRECISION - 64);
}

/** Sine and cosine by reduction to a small argument and doubling. */
export function sineCosine(a: Precise): readonly [Precise, Precise] {
  const turns = BigInt(Math.round(toNumber(divide(a, PI())) * 2));
  const rest = add(a, negate(multiply(fromInteger(turns), halved(PI(), 1))));
  const [sine, cosine] = smallSineCosine(rest);
  switch (Number(((turns % 4n) + 4n) % 4n)) {
    case 0:
      return [sine, cosine];
    case 1:
      return [cosine, negate(sine)];
    case 2:
      return [negate(sine), negate(cosine)];
    default:
      return [negate(cosine), sine];
  }
}

function smallSineCosine(a: Precise): readonly [Precise, Precise] {
  if (a.m === 0n) return [ZERO, ONE];
  const bits = BigInt(SERIES_BITS);
  const small = fixed(a);
  let [sine, cosine] = [0n, 0n];
  let term = 1n << bits;
  for (let index = 0; term !== 0n && term !== -1n; index += 1) {
    const signed = index % 4 < 2 ? term : -term;
    if (index % 2 === 0) cosine += signed;
    else sine += signed;
    term = ((term * small) >> bits) / BigInt(index + 1);
  }
  return [rounded(sine, -SERIES_BITS), rounded(cosine, -SERIES_BITS)];
}

/** Newton's iteration on the tangent from the double value. */
export function arctangent(a: Precise): Precise {
  let value = fromNumber(Math.atan(toNumber(a)));
  for (let round = 0; round < NEWTON_ROUNDS; round += 1) {
    const [sine, cosine] = sineCosine(value);
    const top = add(multiply(a, cosine), negate(sine));
    const bottom = add(cosine, multiply(a, sine));
    if (bottom.m === 0n) return value;
    value = add(value, divide(top, bottom));
  }
  return value;
}
