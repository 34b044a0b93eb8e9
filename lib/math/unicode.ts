import { SUBSCRIPTS, SUPERSCRIPTS, UNICODE } from './lexicon.ts';

const FOREIGN = /[^\t\n\r\x20-\x7e]|<su[pb]>|<\/su[pb]>/gu;
const RAISED = runsOf(SUPERSCRIPTS);
const LOWERED = runsOf(SUBSCRIPTS);
/** Digits each with a line above it. */
const OVERLINED = /(?:\d\u0305)+/gu;

function runsOf(signs: Readonly<Record<string, string>>): RegExp {
  return new RegExp(`[${Object.keys(signs).join('')}]+`, 'gu');
}

/** `9 m²` is written for an area only; the algebraic form has a caret. */
const SQUARE_METRES = /(?<=\d\s?)([ckdm]?)m([²³])/gu;
/** Control characters that a string literal with single backslashes leaves behind (`\text` → tab + `ext`). */
const EATEN = /\t(?=(?:ext|frac|imes|heta|an|au|o|riangle)\b)|\r(?=ight|ho|m)/gu;
const RESTORED: Readonly<Record<string, string>> = { '\t': '\\t', '\r': '\\r' };

/** Rewrites Unicode mathematics, HTML super- and subscripts and full-width forms as LaTeX. Pure ASCII comes back as it is. */
export function toLatex(text: string): string {
  if (!needsRewriting(text)) return text;
  return text
    .replaceAll('\b', '\\b')
    .replace(EATEN, (char) => RESTORED[char] ?? char)
    .replace(
      SQUARE_METRES,
      (_found, prefix: string, power: string) => ` \\text{${prefix}m${power === '²' ? '2' : '3'}}`,
    )
    .replace(RAISED, (run) => `^{${Array.from(run, (char) => SUPERSCRIPTS[char] ?? '').join('')}}`)
    .replace(LOWERED, (run) => `_{${Array.from(run, (char) => SUBSCRIPTS[char] ?? '').join('')}}`)
    .replace(OVERLINED, (run) => `\\overline{${run.replaceAll('\u0305', '')}}`)
    .replace(FOREIGN, (found) => {
      if (found === '<sup>') return '^{';
      if (found === '<sub>') return '_{';
      if (found.startsWith('</')) return '}';
      return UNICODE[found] ?? styled(found);
    });
}

function needsRewriting(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 126 || (code < 32 && code !== 10)) return true;
    if (code === 60 && text.startsWith('su', index + 1)) return true;
  }
  return false;
}

/** Full-width forms and letters and digits of mathematical styles as plain ones. */
function styled(char: string): string {
  const plain = char.normalize('NFKC');
  return plain === char
    ? char
    : (UNICODE[plain] ?? (/^[\p{ASCII}\p{L}]$/u.test(plain) ? plain : char));
}
