/** A complex double that carries a bound of its own rounding error. */
export interface Complex {
  readonly re: number;
  readonly im: number;
  /** Absolute; grows with every operation, so that cancellation shows. */
  readonly error: number;
}

const EPSILON = 2 ** -52;

export function complex(re: number, im = 0, error?: number): Complex {
  return { re, im, error: error ?? EPSILON * (Math.abs(re) + Math.abs(im)) };
}

export function isFinite(a: Complex): boolean {
  return Number.isFinite(a.re) && Number.isFinite(a.im) && Number.isFinite(a.error);
}

export function size(a: Complex): number {
  return a.im === 0 ? Math.abs(a.re) : Math.hypot(a.re, a.im);
}

/** Real up to the error that was made on the way. */
export function isReal(a: Complex): boolean {
  return a.im === 0 || Math.abs(a.im) <= 4 * a.error;
}

export function add(a: Complex, b: Complex): Complex {
  const re = a.re + b.re;
  const im = a.im + b.im;
  if (isWhole(a) && isWhole(b) && Number.isSafeInteger(re)) return whole(re);
  return { re, im, error: a.error + b.error + EPSILON * (Math.abs(re) + Math.abs(im)) };
}

/** Integers stay exact, so that a floor of them has a value. */
function isWhole(a: Complex): boolean {
  return a.error === 0 && a.im === 0 && Number.isInteger(a.re);
}

function whole(re: number): Complex {
  return { re, im: 0, error: 0 };
}

/** Whether a term that says something fell below the last digit of its sum. */
export function isLost(term: Complex, sum: Complex): boolean {
  const share = size(term);
  return share > term.error && share <= 2 * EPSILON * size(sum);
}

export function negate(a: Complex): Complex {
  return { re: -a.re, im: a.im === 0 ? 0 : -a.im, error: a.error };
}

export function multiply(a: Complex, b: Complex): Complex {
  const isPlain = a.im === 0 && b.im === 0;
  const re = isPlain ? a.re * b.re : a.re * b.re - a.im * b.im;
  const im = isPlain ? 0 : a.re * b.im + a.im * b.re;
  if (isWhole(a) && isWhole(b) && Number.isSafeInteger(re)) return whole(re);
  const sizeA = size(a);
  const sizeB = size(b);
  return {
    re,
    im,
    error: sizeA * b.error + sizeB * a.error + a.error * b.error + 2 * EPSILON * sizeA * sizeB,
  };
}

/** Not a number when the divisor is zero within its error. */
export function divide(a: Complex, b: Complex): Complex {
  const bottom = size(b);
  if (bottom <= b.error) return UNDEFINED;
  const scale = b.re * b.re + b.im * b.im;
  const isPlain = a.im === 0 && b.im === 0;
  const re = isPlain ? a.re / b.re : (a.re * b.re + a.im * b.im) / scale;
  const im = isPlain ? 0 : (a.im * b.re - a.re * b.im) / scale;
  if (isPlain && a.re % b.re === 0 && isWhole(a) && isWhole(b)) return whole(re);
  const value = Math.hypot(re, im);
  return { re, im, error: a.error / bottom + (value * b.error) / bottom + 3 * EPSILON * value };
}

export const UNDEFINED: Complex = { re: NaN, im: NaN, error: NaN };

/** A function of one variable whose error grows with its slope. */
function lifted(re: number, im: number, error: number): Complex {
  return { re, im, error: error + 4 * EPSILON * Math.hypot(re, im) };
}

export function exponential(a: Complex): Complex {
  const scale = Math.exp(a.re);
  if (a.im === 0) return lifted(scale, 0, scale === 0 ? Number.MIN_VALUE : scale * a.error);
  return lifted(scale * Math.cos(a.im), scale * Math.sin(a.im), scale * a.error);
}

/** The principal logarithm. */
export function logarithm(a: Complex): Complex {
  const length = size(a);
  if (length <= a.error) return UNDEFINED;
  return lifted(
    Math.log(length),
    isReal(a) ? (a.re < 0 ? Math.PI : 0) : Math.atan2(a.im, a.re),
    a.error / length,
  );
}

/** The principal power; real bases with integer exponents stay real. */
export function power(base: Complex, exponent: Complex): Complex {
  if (exponent.im === 0 && Number.isInteger(exponent.re) && Math.abs(exponent.re) <= 1e6) {
    return integerPower(
      base,
      exponent.re,
      exponent.error > EPSILON * 4 * Math.abs(exponent.re) ? exponent.error : 0,
    );
  }
  if (size(base) === 0) return exponent.re > 0 ? complex(0) : UNDEFINED;
  if (isReal(base) && base.re > 0 && exponent.im === 0) {
    const value = base.re ** exponent.re;
    const slope =
      Math.abs(exponent.re) * (base.error / base.re) + Math.abs(Math.log(base.re)) * exponent.error;
    return lifted(value, 0, Math.abs(value) * slope);
  }
  return exponential(multiply(exponent, logarithm(base)));
}

function integerPower(base: Complex, exponent: number, exponentError: number): Complex {
  if (exponent === 0) return size(base) === 0 ? UNDEFINED : whole(1);
  let result: Complex | null = null;
  let square = base;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === null ? square : multiply(result, square);
    if (rest > 1) square = multiply(square, square);
  }
  const value = result ?? complex(1);
  const raised = exponent < 0 ? divide(complex(1), value) : value;
  if (exponentError === 0) return raised;
  return {
    ...raised,
    error: raised.error + size(raised) * Math.abs(Math.log(size(base))) * exponentError,
  };
}

const HALF = complex(0.5);
const I = complex(0, 1);

export function squareRoot(a: Complex): Complex {
  if (size(a) === 0) return complex(0, 0, Math.sqrt(a.error));
  if (isReal(a)) {
    const root = Math.sqrt(Math.abs(a.re));
    return a.re >= 0
      ? lifted(root, 0, a.error / (2 * root))
      : lifted(0, root, a.error / (2 * root));
  }
  return power(a, HALF);
}

export function sine(a: Complex): Complex {
  if (a.im === 0)
    return lifted(
      Math.sin(a.re),
      0,
      a.error * Math.abs(Math.cos(a.re)) + a.error * a.error + EPSILON * Math.abs(a.re),
    );
  const up = Math.cosh(a.im);
  return lifted(Math.sin(a.re) * up, Math.cos(a.re) * Math.sinh(a.im), a.error * up);
}

export function cosine(a: Complex): Complex {
  if (a.im === 0)
    return lifted(
      Math.cos(a.re),
      0,
      a.error * Math.abs(Math.sin(a.re)) + a.error * a.error + EPSILON * Math.abs(a.re),
    );
  const up = Math.cosh(a.im);
  return lifted(Math.cos(a.re) * up, -Math.sin(a.re) * Math.sinh(a.im), a.error * up);
}

export function arctangent(a: Complex): Complex {
  if (isReal(a)) return lifted(Math.atan(a.re), 0, a.error / (1 + a.re * a.re));
  const i = multiply(I, a);
  const difference = add(
    logarithm(add(complex(1), negate(i))),
    negate(logarithm(add(complex(1), i))),
  );
  return multiply(complex(0, 0.5), difference);
}

/** The principal arcsine; real arguments beyond ±1 leave the real line. */
export function arcsine(a: Complex): Complex {
  if (isReal(a) && Math.abs(a.re) <= 1) {
    const slope = Math.sqrt(Math.max(1 - a.re * a.re, EPSILON));
    return lifted(Math.asin(a.re), 0, Math.min(a.error / slope, Math.sqrt(a.error) * 2));
  }
  const root = squareRoot(add(complex(1), negate(multiply(a, a))));
  return multiply(complex(0, -1), logarithm(add(multiply(I, a), root)));
}

export function arccosine(a: Complex): Complex {
  return add(complex(Math.PI / 2), negate(arcsine(a)));
}
