import type { Span } from './think-split.ts';
import { span } from './think-split.ts';

export interface ChoiceFound {
  readonly letter: string;
  readonly rule: string;
  readonly at: Span;
}

const ANCHORED =
  /(?:answer|choice|option|答案|选项|选择|réponse|respuesta|antwort|ответ)[^\n]{0,40}?(?:\bis\b|:|：|是|为|est|es|ist|=)\s*(?:\\text(?:bf|rm)?\{|\*\*|\$|\\\(|["'(])*\s*(?:option|choice)?\s*[("]?([A-J])(?![A-Za-z0-9])/giu;
const LINE_START = /^[\s*("]*([A-J])(?:[).:：。、*]|\s*$|(?=\p{Script=Han}))/u;
/** Not the pronoun "I", and not the article of "A man". */
const LONE = /(?<![A-Za-z0-9\\'’])([A-HJ])(?![A-Za-z0-9'’]| [a-z])/gu;
const WRAPPING =
  /\\(?:text(?:bf|rm|it)?|mathrm|mathbf|textnormal|mbox|boxed)(?=\s*\{)|[{}$*()[\]\\.,:\s"'。，]/gu;

/** The letter when a piece of text holds nothing else but wrapping: `\text{(B)}`, `**B**`, `B.` */
export function bareLetter(text: string): string | null {
  if (text.length > 60) return null;
  const bare = text.replace(WRAPPING, '');
  return /^[A-Ja-j]$/u.test(bare) ? bare.toUpperCase() : null;
}

/** The letter at the beginning of a boxed or announced choice: `B) 12`, `(C) \frac{1}{2}`. */
export function leadingLetter(text: string): string | null {
  const match = /^[\s$*{(]*(?:\\text(?:bf|rm)?\s*\{)?[\s(]*([A-J])[\s}]*[).:：、]/u.exec(
    text.slice(0, 80),
  );
  return match?.[1] ?? null;
}

/** The last announced letter, else a letter that opens the text, else the last lone capital. */
export function findChoiceLetter(text: string): ChoiceFound | null {
  const anchored = lastMatch(text, ANCHORED);
  if (anchored !== null) return { ...anchored, rule: 'announced letter' };
  const first = LINE_START.exec(text.slice(0, 200));
  if (first?.[1] !== undefined) {
    return {
      letter: first[1],
      rule: 'letter opens the text',
      at: span(text, first.index, first.index + first[0].length),
    };
  }
  const lone = lastMatch(text, LONE);
  return lone === null ? null : { ...lone, rule: 'last lone capital' };
}

function lastMatch(text: string, pattern: RegExp): { letter: string; at: Span } | null {
  let found: { letter: string; at: Span } | null = null;
  for (const match of text.matchAll(pattern)) {
    const letter = match[1];
    if (letter === undefined) continue;
    found = {
      letter: letter.toUpperCase(),
      at: span(text, match.index, match.index + match[0].length),
    };
  }
  return found;
}
