import { DENIAL_REACH, isDeniedBefore, isDeniedBehind } from './denial.ts';
import { revisionAfter } from './revision.ts';
import type { Span } from './span.ts';
import { span } from './span.ts';
import { isIllegible } from './visible-text.ts';

export interface ChoiceFound {
  readonly letter: string;
  readonly rule: string;
  readonly at: Span;
}

const ANNOUNCEMENT =
  /(?:answer|choice|option|答案|选项|选择|réponse|respuesta|antwort|ответ)[^\n]{0,40}?(?:\bis\b|[:：是为=]|\best\b|\bes\b|\bist\b)/giu;
/** What is said further back is not the end of a response. */
const TAIL = 20_000;
/** What may stand between an announcement and its letter. */
const OPENING = /^(?:option|choice|\\text(?:bf|rm)?|\\boxed|[\s*"'($\\{[])*/iu;
const LETTER =
  /^[A-J](?![A-Za-z0-9]| [a-z])|^[A-J](?=[).:]| (?:because|since|as|or|and)\b)|^[a-j](?=[).*\s]*$)/u;
/** "A or B" settles on neither. */
const OTHER = /^[)}\s.*$]*(?:or|and|[/,&或和])[\s({$*]*(?:option )?[A-J](?![A-Za-z0-9])/u;
const OFFERED = /(?<![A-Za-z0-9])[A-J][)*]{0,3}\s?(?:or|and|[/,&])[\s(*]{1,4}$/u;
const CALLED_RIGHT =
  /\b(?:option|choice|answer)\s[(*]{0,3}([A-J])[)*]{0,3}\s(?:is|must be)\s(?:therefore )?(?:the )?(?:correct|right|true|best|answer)\b/giu;
const EXCLUDED = /(?:\b(?:any|every)thing but|\bexcept|\beliminate[sd]?|\brules? out)[\s($*"]*$/iu;
const LINE_START = /^[\s*("]*([A-J])(?:[).:：。、*]|\s*$|(?=\p{Script=Han}))/u;
/** Not the pronoun "I", not the article of "A man", and not the end of an abbreviation like "Q.E.D.". */
const LONE = /(?<![A-Za-z0-9\\'’])(?<![A-Z]\.)[A-HJ](?![A-Za-z0-9'’]| [a-z])/gu;
/** The letter when a piece of text holds nothing else but wrapping: `\text{(B)}`, `**B**`, `B.` */
export function bareLetter(text: string): string | null {
  if (text.length > 60) return null;
  return BARE.exec(text)?.[1]?.toUpperCase() ?? null;
}

const BARE =
  /^(?:\\(?:text(?:bf|rm|it)?|mathrm|mathbf|textnormal|mbox|boxed)(?=\s*\{)|[{}$*()[\]\\.,:\s"'。，])*([A-Ja-j])[{}$*()[\]\\.,:\s"'。，]*$/u;

/** The letter at the beginning of a boxed or announced choice: `B) 12`, `(C) \frac{1}{2}`, `Option B`. */
export function leadingLetter(text: string): string | null {
  const match = /^[\s$*{(]*(?:\\text(?:bf|rm)?\s*\{[\s(]*)?([A-J])[\s}]*[).:：、](?!\d)/u.exec(
    text.slice(0, 80),
  );
  return match?.[1] ?? NAMED.exec(text.slice(0, 80))?.[1] ?? null;
}

const NAMED =
  /^[\s$*{]*(?:\\text(?:bf|rm)?\s*\{\s*)?(?:[Oo]ption|[Cc]hoice)\s\(?([A-J])[\s}).*$]*$/u;

/** The letter in brackets at the beginning of a reference such as `\\textbf{(E)}\\ 9`. */
export function bracketedLetter(text: string): string | null {
  const match = /^[\s$*{]*(?:\\text(?:bf|rm)?\s*\{\s*)?\(([A-J])\)/u.exec(text.slice(0, 80));
  return match?.[1] ?? null;
}

/** The value behind that letter, which may be given without it; null where none stands apart from the letter. */
export function valueBehindLetter(text: string): string | null {
  const letter = /^[\s$*{]*(?:\\text(?:bf|rm)?\s*\{\s*)?\([A-J]\)/u.exec(text.slice(0, 80))?.[0];
  if (letter === undefined) return null;
  const behind = text.slice(letter.length).replace('}', '');
  const value = behind.replace(/^(?:\s|~|\\[ ,;]|\\q?quad)+/u, '');
  return value === '' || value.length === behind.length ? null : value;
}

/**
 * The last announced letter, else a letter that is called right or opens the text, else the last lone capital. Null where
 * none is, or where the text denies it or takes it back.
 */
export function findChoiceLetter(text: string): ChoiceFound | null {
  const found = lastGiven(text);
  if (found === null || isIllegible(text, found.at.end - 1, found.at.end)) return null;
  return revisionAfter(text, found.at.end) === null ? found : null;
}

function lastGiven(text: string): ChoiceFound | null {
  const announced = lastAnnounced(text) ?? lastCalledRight(text);
  if (announced !== null) return isAlone(text, announced) ? announced : null;
  const first = LINE_START.exec(text.slice(0, 200));
  if (first?.[1] !== undefined) {
    const at = span(text, first.index, first.index + first[0].length);
    const opening: ChoiceFound = { letter: first[1], rule: 'letter opens the text', at };
    return isAlone(text, opening) ? opening : null;
  }
  let lone: ChoiceFound | null = null;
  let isJoined = false;
  const from = Math.max(0, text.length - TAIL);
  for (const match of text.slice(from).matchAll(LONE)) {
    const at = span(text, from + match.index, from + match.index + 1);
    if (isExcluded(text, at)) continue;
    isJoined = OFFERED.test(text.slice(Math.max(0, at.start - 20), at.start));
    lone = { letter: at.text, rule: 'last lone capital', at };
  }
  return isJoined ? null : lone;
}

function isExcluded(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 20), start);
  return (
    EXCLUDED.test(before) ||
    isDeniedBefore(before.replaceAll('"', ' ')) ||
    isDeniedBehind(text.slice(end, end + DENIAL_REACH))
  );
}

/** Whether no second letter is offered beside the one that was found, and it is not called wrong. */
function isAlone(text: string, { at }: ChoiceFound): boolean {
  const behind = text.slice(at.end, at.end + DENIAL_REACH);
  return !OTHER.test(behind) && !isDeniedBehind(behind);
}

function lastCalledRight(text: string): ChoiceFound | null {
  const from = Math.max(0, text.length - TAIL);
  const match = [...text.slice(from).matchAll(CALLED_RIGHT)].at(-1);
  const letter = match?.[1];
  if (match === undefined || letter === undefined) return null;
  const start = from + match.index;
  const at = span(text, start, start + match[0].indexOf(letter) + 1);
  return { letter: letter.toUpperCase(), rule: 'announced letter', at };
}

function lastAnnounced(text: string): ChoiceFound | null {
  let found: ChoiceFound | null = null;
  const tail = Math.max(0, text.length - TAIL);
  for (const match of text.slice(tail).matchAll(ANNOUNCEMENT)) {
    const from = tail + match.index + match[0].length;
    const opening = OPENING.exec(text.slice(from, from + 40))?.[0] ?? '';
    const start = from + opening.length;
    const letter = LETTER.exec(text.slice(start, start + 12))?.[0];
    if (letter !== undefined) {
      found = {
        letter: letter.toUpperCase(),
        rule: 'announced letter',
        at: span(text, tail + match.index, start + 1),
      };
    }
  }
  return found;
}
