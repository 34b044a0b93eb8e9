/**
 * The string form in which answers of the MATH dataset are compared (Hendrycks et al. 2021, "Measuring Mathematical
 * Problem Solving", evaluation code). Null where that evaluation gives up: two or more text units in one answer.
 */
export function toMathDatasetForm(answer: string): string | null {
  let text = answer
    .replaceAll('\n', '')
    .replaceAll('\\!', '')
    .replaceAll('\\\\', '\\')
    .replaceAll('tfrac', 'frac')
    .replaceAll('dfrac', 'frac')
    .replaceAll('\\left', '')
    .replaceAll('\\right', '')
    .replaceAll('^{\\circ}', '')
    .replaceAll('^\\circ', '')
    .replaceAll('\\$', '');
  const units = text.split('\\text{ ');
  if (units.length > 2) return null;
  text = (units[0] ?? '')
    .replaceAll('\\%', '')
    .replaceAll('%', '')
    .replaceAll(' .', ' 0.')
    .replaceAll('{.', '{0.');
  if (text === '') return text;
  if (text.startsWith('.')) text = `0${text}`;
  const sides = text.split('=');
  if (sides.length === 2 && (sides[0] ?? '').length <= 2) text = sides[1] ?? '';
  text = bracedFractions(text.replace(/\\sqrt([^{])/gu, '\\sqrt{$1}').replaceAll(' ', ''));
  if (text === '0.5') return '\\frac{1}{2}';
  const slash = /^(-?\d+)\/(-?\d+)$/u.exec(text);
  return slash === null ? text : `\\frac{${slash[1]}}{${slash[2]}}`;
}

/** `\frac12` and `\frac1{72}` with both arguments in braces. */
export function bracedFractions(text: string): string {
  return text
    .replace(/\\frac([^{\\\s])([^{\\\s])/gu, '\\frac{$1}{$2}')
    .replace(/\\frac([^{\\\s])\{/gu, '\\frac{$1}{');
}
