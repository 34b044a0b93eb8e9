import { normalizeText } from './words.ts';

/** Answers in words: what of a sentence is the answer. */

/** Words that only introduce what is said. */
const LEAD =
  /^(?:it is|it s|this is|that is|they are|(?:limit|sequence|series|answer|triangle|quadrilateral|figure|shape|curve|graph|locus|day|winner|it)(?: (?:is|was|will be))?(?= ))/u;
/** What a player does who is the answer to the question who wins. */
const WINNING =
  / (?:(?:always|can|will|must) ){0,2}(?:wins?|has winning strategy|can force win|has strategy to win)$/u;
const NEGATED = /\b(?:not|no|never|cannot|neither|nor)\b/u;

/** Whether two texts in words say the same: up to articles, announcements and "wins" behind a player. */
export function saySame(gold: string, answer: string): boolean {
  const [left, right] = [gold, answer].map((text) => spelledOut(normalizeText(text)));
  if (left === undefined || right === undefined || left === '' || right === '') return false;
  if (left === right) return true;
  return gist(left) === gist(right) && NEGATED.test(left) === NEGATED.test(right);
}

/** Whether two texts name the same statements or choices in any order: "I and III". */
export function nameSame(gold: string, answer: string): boolean {
  const [left, right] = [gold, answer].map(enumerated);
  return (
    left !== undefined &&
    right !== undefined &&
    left.length > 1 &&
    left.length === right.length &&
    new Set(left).size === left.length &&
    left.every((name) => right.includes(name))
  );
}

const LONGEST_LIST = 120;

function enumerated(text: string): readonly string[] {
  if (text.length > LONGEST_LIST) return [];
  const names = text
    .replace(/\\text\s?\{|\}/gu, ' ')
    .replace(/^\s?(?:only )?(?:statements?|options?|choices?)\b/iu, '')
    .split(/[,;]|\band\b/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.every((name) => /^(?:[A-Z]|[IVX]{1,4})$/u.test(name)) ? names : [];
}

function spelledOut(words: string): string {
  return words === 'dne' ? 'does not exist' : words;
}

function gist(words: string): string {
  const said = words.replace(LEAD, '').trim();
  return NEGATED.test(said) ? said : said.replace(WINNING, '');
}

const VERDICT =
  /^(?:\\text(?:bf|rm|it)?\s*\{)?\s*(yes|no|true|false)\b\s*(?:[,.;:!\u2014]|because\b|since\b|as\b|it is\b)[\s\p{L},.;:'’{}$!\u2014-]*$/iu;
const LONGEST = 400;

/** The "yes" or "no" with which a statement without a formula begins; null for anything else. */
export function verdictOf(text: string): string | null {
  if (!/^[\\\s]*(?:text|yes|no|true|false)/iu.test(text) || text.length > LONGEST) return null;
  const verdict = VERDICT.exec(text)?.[1]?.toLowerCase() ?? null;
  if (verdict === null) return null;
  return /\b(?:yes|no|true|false)\b/iu.test(
    text.slice(text.toLowerCase().indexOf(verdict) + verdict.length),
  )
    ? null
    : verdict;
}
