import { closingBrace } from './boxes.ts';
import { bracedFractions } from './math-dataset-form.ts';
import { numberFromWords } from './number-words.ts';

/** A last number further back than this is not the end of a response. */
const TAIL = 20_000;

/**
 * Where the evaluation harness of Qwen2.5-Math (Yang et al. 2024, technical report and released code) looks for an answer:
 * "final answer is $…$. I hope", the last box, "he answer is", "final answer is", a Chinese marker, the last number.
 */
export function extractQwenAnswer(response: string): string | null {
  const hoped = between(response, 'final answer is $', '$. I hope');
  if (hoped !== null) return hoped;
  const boxed = response.lastIndexOf('boxed');
  if (boxed !== -1) return afterBoxed(response.slice(boxed + 'boxed'.length));
  for (const marker of ['he answer is', 'final answer is', '答案是']) {
    const index = response.lastIndexOf(marker);
    if (index !== -1) return firstLine(response.slice(index + marker.length));
  }
  const tail = response.slice(-TAIL).replaceAll(',', '');
  let last: string | null = null;
  for (const match of tail.matchAll(/(?<!\d)-?(?:\d+(?:\.\d+)?|\.\d+)/gu)) last = match[0];
  return last;
}

function between(text: string, open: string, close: string): string | null {
  const start = text.indexOf(open);
  const end = start === -1 ? -1 : text.indexOf(close, start);
  return end === -1 ? null : text.slice(start + open.length, end);
}

function afterBoxed(rest: string): string {
  if (!rest.startsWith('{')) return (rest.split('$', 1)[0] ?? '').trim();
  const close = closingBrace(rest, 0);
  return close === null ? rest.slice(1) : rest.slice(1, close);
}

function firstLine(text: string): string {
  return (text.trim().split('\n', 1)[0] ?? '').replace(/^:/u, '').trim();
}

const UNIT_WORDS =
  /(?<![A-Za-z\\])(?:degrees?|mph|kmph|ft|m|square|east|dollars?|cents?|hours?|minutes?|seconds?|days?|weeks?|months?|years?|units?|points?|feet|inch(?:es)?|cm|mm|km|meters?|miles?|kg|grams?|gallons?|liters?|people|students?|ways|cubic|hr|min|sec|[othcsg])(?![A-Za-z])/gu;

/** The harness's cleaning: units, signs of currency and percent, text commands, prefixes and trailing zeros go. */
export function toQwenForm(answer: string, hasUnits = true): string {
  let text = answer
    .trim()
    .replaceAll('\n', '')
    .replaceAll('\\!', '')
    .replace(/\\(?:tfrac|dfrac)/gu, '\\frac')
    .replace(/\\(?:left|right|ne(?=q))/gu, (found) => (found === '\\ne' ? '\\ne' : ''))
    .replace(/\\begin\{(?:array|bmatrix)\}(?:\{[^{}]*\})?/gu, '\\begin{pmatrix}')
    .replace(/\\end\{(?:array|bmatrix)\}/gu, '\\end{pmatrix}');
  if (text.endsWith('.')) text = text.slice(0, -1);
  text = text.replace(/\\text\{[^{}]*\}$/u, (unit) => (text.length > unit.length ? '' : unit));
  if (hasUnits) text = text.replace(UNIT_WORDS, '');
  text = text.replaceAll('^{\\circ}', '').replaceAll('^\\circ', '').replace(/\\?\$/gu, '');
  const spelled = numberFromWords(text);
  if (spelled !== null) text = String(spelled);
  text = text
    .replace(/\\text\{([^{}]*)\}/gu, '$1')
    .replace(/^[xyz]\s*(?:=|\\in)/u, '')
    .replace(/\\?%/gu, '')
    .replaceAll(' .', ' 0.')
    .replaceAll('{.', '{0.')
    .replaceAll('infinity', '\\infty')
    .replaceAll(' and ', '')
    .replaceAll('\\mathbf', '')
    .replace(/\\mbox\{[^{}]*\}/gu, '')
    .replace(/(?<=\d)\.0+(?=\D|$)/gu, '');
  if (text.startsWith('.')) text = `0${text}`;
  const sides = text.split('=');
  if (sides.length === 2 && (sides[0] ?? '').length <= 2) text = sides[1] ?? '';
  text = bracedFractions(text.replace(/\\?sqrt(\w)/gu, '\\sqrt{$1}').replaceAll(' ', ''));
  const slash = /^(-?\d+)\/(-?\d+)$/u.exec(text);
  return slash === null ? text : `\\frac{${slash[1]}}{${slash[2]}}`;
}
