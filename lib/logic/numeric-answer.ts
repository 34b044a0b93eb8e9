import { divide, parseDecimal, type Rational } from '#lib/math/rational.ts';

const MAX_BOXES = 32;

/** The raw contents of the last boxes whose braces close, in their order. */
export function boxesOf(text: string): string[] {
  const found: string[] = [];
  let from = text.length;
  for (let tries = 0; tries < MAX_BOXES && from >= 0; tries += 1) {
    const open = text.lastIndexOf('\\boxed{', from);
    if (open === -1) break;
    from = open - 1;
    let depth = 1;
    let end = open + 7;
    const most = Math.min(text.length, end + 2000);
    for (; end < most && depth > 0; end += 1) {
      if (text[end] === '{') depth += 1;
      else if (text[end] === '}') depth -= 1;
    }
    if (depth === 0) found.push(text.slice(open + 7, end - 1));
  }
  return found.reverse();
}

const DECIMAL = String.raw`[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const FRACTION = /^([-+]?)\\[dt]?frac\{([-+]?\d{1,60})\}\{(\d{1,60})\}$/u;
const QUOTIENT = /^([-+]?\d{1,60})\/(\d{1,60})$/u;
const SCIENTIFIC = new RegExp(
  String.raw`^(${DECIMAL})(?:[eE]|(?:\\times|\\cdot|[×*·])10(?:\^|\*\*))\{?([-+]?\d{1,3})\}?$`,
  'u',
);
const PLAIN = new RegExp(`^${DECIMAL}$`, 'u');

/** A whole number, decimal, fraction or power of ten as LaTeX or plain text gives it, exactly; null for anything else. */
export function readNumber(source: string): Rational | null {
  if (source.length > 300) return null;
  const text = source
    .replace(/[−–]/gu, '-')
    .replace(/\\(?:text|mathrm|mathbf)\s?\{([^{}]*)\}/gu, '$1')
    .replace(/\\(?:left|right|displaystyle|[ ,;!])|[\s$]/gu, '');
  const value = text.includes('=') || text.includes('≈') ? text.replace(/^.*[=≈]/u, '') : text;
  const fraction = FRACTION.exec(value);
  if (fraction !== null) {
    const sign = fraction[1] === '-' ? '-' : '';
    return quotient(`${sign}${fraction[2] ?? ''}`.replace('--', ''), fraction[3] ?? '');
  }
  const ratio = QUOTIENT.exec(value);
  if (ratio !== null) return quotient(ratio[1] ?? '', ratio[2] ?? '');
  const power = SCIENTIFIC.exec(value);
  if (power !== null)
    return parseDecimal(`${power[1]?.replaceAll(',', '') ?? ''}e${power[2] ?? ''}`);
  return PLAIN.test(value) ? parseDecimal(value.replaceAll(',', '')) : null;
}

function quotient(above: string, below: string): Rational | null {
  const [n, d] = [parseDecimal(above), parseDecimal(below)];
  return n === null || d === null ? null : divide(n, d);
}
