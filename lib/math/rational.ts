/** An exact fraction in lowest terms with a positive denominator. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

/** Beyond this many bits a number is kept symbolic: no honest answer is written out that long. */
export const MAX_BITS = 20_000;

export function rational(n: bigint, d = 1n): Rational {
  if (d === 0n) throw new RangeError('A fraction needs a denominator other than zero.');
  if (d === 1n) return { n, d };
  const divisor = gcd(n, d);
  const isReduced = divisor === 1n;
  if (d < 0n) return isReduced ? { n: -n, d: -d } : { n: -n / divisor, d: -d / divisor };
  return isReduced ? { n, d } : { n: n / divisor, d: d / divisor };
}

export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) {
    if (x <= 0xffffffffn && y <= 0xffffffffn) return BigInt(smallGcd(Number(x), Number(y)));
    [x, y] = [y, x % y];
  }
  return x === 0n ? 1n : x;
}

function smallGcd(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** Reduced by divisors of the two denominators only, so that a short fraction costs little beside a long one (Knuth, TAOCP 4.5.1). */
export function add(a: Rational, b: Rational): Rational {
  if (a.d === b.d) return a.d === 1n ? { n: a.n + b.n, d: 1n } : rational(a.n + b.n, a.d);
  const shared = gcd(a.d, b.d);
  if (shared === 1n) return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
  const rest = a.d / shared;
  const n = a.n * (b.d / shared) + b.n * rest;
  const divisor = gcd(n, shared);
  return { n: n / divisor, d: rest * (b.d / divisor) };
}

export function multiply(a: Rational, b: Rational): Rational {
  if (a.d === 1n && b.d === 1n) return { n: a.n * b.n, d: 1n };
  const [left, right] = [gcd(a.n, b.d), gcd(b.n, a.d)];
  return { n: (a.n / left) * (b.n / right), d: (a.d / right) * (b.d / left) };
}

/** Null when the divisor is zero. */
export function divide(a: Rational, b: Rational): Rational | null {
  if (b.n === 0n) return null;
  return a.d === 1n && b.d === 1n ? rational(a.n, b.n) : rational(a.n * b.d, a.d * b.n);
}

export function negate(a: Rational): Rational {
  return { n: -a.n, d: a.d };
}

export function equals(a: Rational, b: Rational): boolean {
  return a.n === b.n && a.d === b.d;
}

export function compare(a: Rational, b: Rational): number {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The power with an integer exponent, or null when it is undefined, as 0⁰ is, or longer than `MAX_BITS`. */
export function power(base: Rational, exponent: bigint): Rational | null {
  if (base.n === 0n) return exponent > 0n ? ZERO : null;
  if (exponent === 0n) return ONE;
  const size = exponent < 0n ? -exponent : exponent;
  const bits = Math.max(bitLength(base.n), bitLength(base.d));
  if (bits > 1 && size * BigInt(bits - 1) > BigInt(MAX_BITS)) return null;
  if (bits === 1) return exponent % 2n === 0n ? ONE : base;
  const n = base.n ** size;
  const d = base.d ** size;
  return exponent > 0n ? { n, d } : d === 1n || n < 0n ? rational(d, n) : { n: d, d: n };
}

const SAFE = 2n ** 53n;

/** Exact below 2^53, else up to three bits too long. */
export function bitLength(value: bigint): number {
  const size = value < 0n ? -value : value;
  if (size < SAFE) return Math.ceil(Math.log2(Number(size) + 1));
  const near = Number(size);
  return Number.isFinite(near) ? Math.floor(Math.log2(near)) + 1 : size.toString(16).length * 4;
}

/** The exact k-th root when there is one among the fractions, else null; even roots of negatives have none. */
export function exactRoot(value: Rational, k: number): Rational | null {
  if (value.n < 0n) {
    if (k % 2 === 0) return null;
    const root = exactRoot(negate(value), k);
    return root === null ? null : negate(root);
  }
  const n = integerRoot(value.n, k);
  const d = value.d === 1n ? 1n : integerRoot(value.d, k);
  return n === null || d === null ? null : { n, d };
}

/** The integer whose k-th power is `value`, else null (Newton's iteration). */
function integerRoot(value: bigint, k: number): bigint | null {
  if (value < 2n) return value;
  const order = BigInt(k);
  let guess = 1n << BigInt(Math.ceil(bitLength(value) / k));
  for (;;) {
    const next = ((order - 1n) * guess + value / guess ** (order - 1n)) / order;
    if (next >= guess) break;
    guess = next;
  }
  return guess ** order === value ? guess : null;
}

/** A double near the value, also when numerator and denominator overflow one by one. */
export function toNumber(value: Rational): number {
  if (value.d === 1n) return Number(value.n);
  const excess = Math.max(bitLength(value.n), bitLength(value.d)) - 1000;
  if (excess <= 0) return Number(value.n) / Number(value.d);
  const shift = BigInt(bitLength(value.d) - bitLength(value.n) + 64);
  const scaled = shift >= 0n ? (value.n << shift) / value.d : value.n / (value.d << -shift);
  return Number(scaled) * 2 ** -Number(shift);
}

/** The fraction that a finite double is. */
export function fromNumber(value: number): Rational {
  let bits = 0;
  let scaled = value;
  while (!Number.isInteger(scaled) && bits < 1100) {
    scaled *= 2;
    bits += 1;
  }
  return rational(BigInt(scaled), 1n << BigInt(bits));
}

/** Reads `12`, `-3.50`, `.5` and `1.2e-3` exactly. Null for anything else and for exponents beyond four digits. */
export function parseDecimal(text: string): Rational | null {
  const size = smallInteger(text);
  if (size !== null) return SMALL[size] ?? { n: BigInt(size), d: 1n };
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,4}))?$/u.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (match === null || whole.length + fraction.length === 0 || text.length > 6000) return null;
  const digits = BigInt(whole + fraction);
  const exponent = Number(match[4] ?? '0') - fraction.length;
  const scale = 10n ** BigInt(Math.abs(exponent));
  const value = exponent >= 0 ? { n: digits * scale, d: 1n } : rational(digits, scale);
  return match[1] === '-' ? negate(value) : value;
}

/** Most numbers in answers are among these. */
const SMALL: readonly Rational[] = Array.from({ length: 1000 }, (_, n) => ({
  n: BigInt(n),
  d: 1n,
}));

/** The value of digits that a double holds exactly; null for any other text. */
function smallInteger(text: string): number | null {
  if (text.length > 15 || text === '') return null;
  let value = 0;
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return null;
    value = 10 * value + digit;
  }
  return value;
}

export function formatRational(value: Rational): string {
  return value.d === 1n ? String(value.n) : `${value.n}/${value.d}`;
}
