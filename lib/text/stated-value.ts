import { DENIAL_REACH, isDeniedBefore, isDeniedBehind } from './denial.ts';
import { elementAt } from './element.ts';
import { findMathSpans } from './math-spans.ts';
import { numberFromWords } from './number-words.ts';
import { readUnit } from '#lib/math/unit-table.ts';
import { findPlainValues } from './plain-values.ts';
import type { Span } from './span.ts';

export interface StatedValue extends Span {
  readonly isFormula: boolean;
}

/** What is said of a value by the words around it, from what a sentence counts and states to what it only mentions. */
const COUNTED = -1;
const STATED = 0;
/** "for 4 days", "with 120 calls" and "Widgeteer 3000" are the answer where nothing else is. */
const ATTACHED = 1;
const MENTIONED = 2;
/** In brackets. */
const ASIDE = 3;

interface Item extends StatedValue {
  readonly rank: number;
  /** The number of the clause in its sentence. */
  readonly clause: number;
}

/**
 * The value that a sentence states, as opposed to those that it mentions: 120 in "Tim handles 120 calls in his 5-day
 * week", 8 in "in 3 years he will be 8 years old". Emphasis decides; else the last clause that states one. Values that
 * "and" or "or" joins are one list. Null where none is stated. Offsets are those of the whole text.
 */
export function statedValue(sentence: Span): StatedValue | null {
  const emphasized = onlyEmphasized(sentence);
  const items = itemsOf(sentence).filter(
    ({ start, end }) => emphasized === null || (start >= emphasized.start && end <= emphasized.end),
  );
  if (items.length > 0 && items.every(({ rank }) => rank === ASIDE)) return null;
  const stated = lastStated(items);
  return stated === null ? spelledValue(sentence) : joined(sentence, items, stated);
}

function lastStated(items: readonly Item[]): Item | null {
  const best = Math.min(...items.map(({ rank }) => rank));
  const clause = Math.max(...items.filter(({ rank }) => rank === best).map((item) => item.clause));
  return items.findLast((item) => item.rank === best && item.clause === clause) ?? null;
}

const EMPHASIS = /\*\*(?=[^\s*])([^*\n]{1,80})\*\*/gu;

/** The only part in bold type that holds a digit or a formula. */
function onlyEmphasized({ text, start }: Span): { start: number; end: number } | null {
  if (!text.includes('**')) return null;
  const found = [...text.matchAll(EMPHASIS)].filter(([, part = '']) => /[\p{N}$\\√π]/u.test(part));
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  return { start: start + only.index, end: start + only.index + only[0].length };
}

function itemsOf(sentence: Span): Item[] {
  const { text, start } = sentence;
  const formulas = findMathSpans(text);
  let prose = text;
  for (const formula of formulas) {
    const blank = '\uFFFC'.repeat(formula.end - formula.start);
    prose = prose.slice(0, formula.start) + blank + prose.slice(formula.end);
  }
  const found = [
    ...formulas.map((formula) => ({
      text: formula.content.text,
      start: formula.start,
      end: formula.end,
      isFormula: true,
    })),
    ...findPlainValues(prose).map((value) => ({ ...value, isFormula: false })),
  ]
    .sort((a, b) => a.start - b.start)
    .slice(-MAX_ITEMS);
  const items: Item[] = [];
  for (const value of found) {
    const lead = leadTo(prose, value.start);
    if (isDeniedBehind(prose.slice(value.end, value.end + DENIAL_REACH))) continue;
    if (isDeniedBefore(lead.text) || isLoneLetter(value, prose)) continue;
    const earlier = items.findLast(({ rank }) => rank < MENTIONED);
    const between =
      earlier?.clause === lead.clause ? prose.slice(earlier.end - start, value.start) : '';
    const own = rankOf(value, { prose, lead: lead.text, between });
    const previous = items.at(-1);
    // "for 3 shirts, 2 hats and 5 ties": what only continues a list is said as its beginning is.
    const isContinued = previous !== undefined && /(?:^|\s(?:and|or))$/u.test(lead.text);
    const rank = isContinued ? Math.max(own, previous.rank) : own;
    items.push({
      ...value,
      rank,
      clause: lead.clause,
      start: start + value.start,
      end: start + value.end,
    });
  }
  return items;
}

/** More values than this make no sentence; the last ones are looked at. */
const MAX_ITEMS = 40;

const CLAUSE_END = /[,;:，；：]\s|\s[—–]\s|\s(?:so|then|thus|therefore|hence)\s/gu;

/** The words between the beginning of a clause and a value in it, without marks of emphasis. */
function leadTo(prose: string, end: number): { text: string; clause: number } {
  const before = prose.slice(0, end);
  const ends = [...before.matchAll(CLAUSE_END)];
  const last = ends[ends.length - 1];
  const from = last === undefined ? 0 : last.index + last[0].length;
  return {
    text: before
      .slice(from)
      .replace(/[*_`$(]/gu, '')
      .trimEnd(),
    clause: ends.length,
  };
}

/** "the value of $x$" names no value, but "it is $x$" does. */
function isLoneLetter({ text, start, isFormula }: StatedValue, prose: string): boolean {
  return (
    isFormula &&
    /^\s*\\?[a-zA-Z]+\s*$/u.test(text) &&
    !/(?:\b(?:is|are|be|equals?)|[=:])[\s*]*$/u.test(prose.slice(0, start))
  );
}

const SUBORDINATE =
  /(?:^|\s)(?:if|because|since|when|where|while|although|though|assuming|given|including|excluding|which(?! (?:is|equals|gives|means|makes|amounts|simplifies|totals|comes|results|leaves|leads|becomes)\b)|who|whose|(?:after|before|by|without|from) \p{L}+ing)\s|(?<!\b(?:find|found|see|conclude|know|shows?|shown|means?|imply|implies|get|so|such|follows|suggests?|confirms?|is|note|deduce|determined?|say|says|have))\sthat\s/iu;
const CIRCUMSTANCE =
  /\bbetween [^,]{1,30} and$|(?:^|\s)(?:in|within|during|after|before|at|over|per|than|from|by|since|until|till|between|among|across|through|on|against|every|each|another|these|those|his|their|its|my|our|your|the|all|(?:out|each|one|all|half|\d%|percent|goal) of|of (?:the|all|these|those|his|her|their|its))(?:\s(?:the|a|an|all|all the|about|only|just|exactly|first|last|next|other|another|initial|full|remaining|original|his|her|their|its))*$/iu;
/** "left with 12" and "a total of 12" state what they name. */
const OUTCOME =
  /(?:\b(?:left|ends? up|ending up|remain(?:s|ing)?|starts? out|leav(?:e|es|ing) (?:\p{L}+ ){1,3}?) ?with|\bto (?:get|obtain|give|yield|reach)|\b(?:gives?|yields?|equals?|is|are|was|were|be|becomes?|results in|total(?:s|ing)?)|=|\b(?:equal|comes?|amounts?|adds? up|is|are|was|were|be) (?:to|at))(?:\s?\$)?(?:\s(?:a total of|about|exactly|only|just))?$/iu;
/** Between a value and a later one: "5 days to read 300 pages". */
const PURPOSE =
  /(?<!equal|according|compared)\sto (?!(?:the|an?|all|both|each|every|his|her|their|its|get|obtain|give|yield|reach)\b)\p{Ll}+\s/u;
const PREPOSITION = /\b(?:for|with)(?: a| about| exactly| only| just)*$/iu;
/** `7-day`, `the 5th`, and "which is 3 more than before". */
const COMPOUND = /^(?:[-‑]\p{L}|(?:st|nd|rd|th)\b)/u;
const COUNT =
  /^\s(?:(?:different|possible|distinct|such|total|unique|valid) )*(?:ways|arrangements|combinations|permutations|outcomes|possibilities)\b/u;
const COMPARED = /^\s(?:\p{L}+ )?(?:more|less|fewer|greater|larger|times)\b/u;
const NAME = /(?:^|[^.!?\s]\s+)(?!USD|EUR|GBP|INR|Rs\b)(?:\p{Lu}\p{L}+|No\.|#)$/u;

function rankOf(
  value: Omit<StatedValue, 'rank'>,
  { prose, lead, between }: { prose: string; lead: string; between: string },
): number {
  const after = prose.slice(value.end, value.end + 40);
  if (isAside(value, prose)) return ASIDE;
  if (COMPOUND.test(after) || SUBORDINATE.test(lead)) return MENTIONED;
  if (/^which\b/u.test(lead) && COMPARED.test(after)) return MENTIONED;
  if (COUNT.test(after)) return COUNTED;
  if (OUTCOME.test(lead)) return STATED;
  if (CIRCUMSTANCE.test(lead)) return MENTIONED;
  if (PURPOSE.test(between)) return MENTIONED;
  return PREPOSITION.test(lead) || (/^\d/u.test(value.text) && !value.isFormula && isName(lead))
    ? ATTACHED
    : STATED;
}

/** "Step 3" and "the Widgeteer 3000" are names. */
function isName(lead: string): boolean {
  return NAMED_PART.test(lead) || (NAME.test(lead) && /\s\S+$/u.test(lead));
}

const NAMED_PART =
  /(?:^|\s)(?:step|case|house|figure|chapter|problem|question|clue|equation|line|part|example|method|option|phase|round|section|theorem|lemma|table|page|item)$/iu;

/** Inside brackets with words, or a whole bracket that is neither a tuple nor all there is. */
function isAside({ text, start, isFormula }: StatedValue, prose: string): boolean {
  const before = prose.slice(0, start);
  const depth = before.split('(').length - before.split(')').length;
  return (
    depth > 0 ||
    (!isFormula && /^\([^()]*\)$/u.test(text) && !/,\s/u.test(text) && /\p{L}/u.test(before))
  );
}

const JOINT = /^[\s,;、，*]*(?:(?:and|or|to|y|et|und|[ei和或и])[\s*]*)?$/u;
const JOINT_BEHIND_NOUN = /^[\s*]*(?:\p{L}+[\s*]+){0,2}(?:, )?(?:and|or)[\s*]+$/u;
/** "at least 42" is another answer than 42. */
const BOUND =
  /\b(?:at (?:least|most)|(?:more|less|fewer|greater|larger|smaller|higher|lower|other) than|over|under|above|below|up to|exceed(?:s|ing)?|between|twice|half(?: of)?|double|triple|(?:multiple|power|factor|divisor)s? of|negative|minus)\s*$/iu;
const OPEN_END = /^[\s*]*(?:\p{L}+ )?\(?or (?:more|less|fewer|so|higher|lower|any|some|another)\b/u;
const PERCENT = /^\s*(?:%|percent(?:age)?\b|pct\b)/u;

/** The stated value with those before it that belong to it, and with the words that bound it. */
function joined(sentence: Span, items: readonly Item[], last: Item): StatedValue {
  const source = sentence.text;
  let first = last;
  const contents = [last.text];
  let isSlice = !last.isFormula;
  let hasNouns = false;
  for (let index = items.indexOf(last) - 1; index >= 0; index -= 1) {
    const previous = elementAt(items, index);
    const gap = source.slice(previous.end - sentence.start, first.start - sentence.start);
    const isBare = JOINT.test(gap) && gap.trim() !== '';
    if (!isBare && (previous.rank !== last.rank || !JOINT_BEHIND_NOUN.test(gap))) break;
    hasNouns ||= !isBare;
    isSlice ||= !isBare || !previous.isFormula;
    contents.unshift(previous.text);
    first = previous;
  }
  const before = source.slice(0, first.start - sentence.start);
  const bound = BOUND.exec(before.slice(-24))?.[0] ?? '';
  const start = first.start - bound.length;
  const behind = source.slice(last.end - sentence.start, last.end - sentence.start + 60);
  const tail = OPEN_END.exec(behind)?.[0] ?? (isSlice ? unitIn(behind, hasNouns) : '');
  const end = last.end + tail.length;
  const percent = PERCENT.test(behind) ? '\\%' : '';
  const text =
    isSlice || bound !== '' || tail !== ''
      ? source
          .slice(start - sentence.start, end - sentence.start)
          .replaceAll('**', '')
          .trim()
      : contents.join(', ') + percent;
  return { text, start, end, isFormula: last.isFormula };
}

/** The unit behind a value; any noun where nouns tell the values of a list apart. */
function unitIn(behind: string, hasNouns: boolean): string {
  const match = /^[\s*]*(?:square |cubic )?(\p{L}[\p{L}²³]*)(?![&'’])/u.exec(behind);
  const [found, word] = match ?? [];
  if (found === undefined || word === undefined || word === 'in' || word === 'a') return '';
  return hasNouns || readUnit(word) !== null ? found : '';
}

const SPELLED =
  /\b(?:(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)(?:[\s-]+(?:and )?|\b))+/giu;
/** "one of them", "the one" and "one can see" count nothing. */
const PRONOUN = /^one$/iu;

/** The number that a sentence spells, when it is the only one. */
function spelledValue({ text, start }: Span): StatedValue | null {
  const [only, ...others] = [...text.matchAll(SPELLED)];
  if (only === undefined || others.length > 0) return null;
  const words = only[0].trim();
  const before = text.slice(0, only.index);
  const after = text.slice(only.index + words.length);
  if (isDeniedBefore(before) || isDeniedBehind(after) || numberFromWords(words) === null)
    return null;
  if (
    PRONOUN.test(words) &&
    !/^[\s*]+(?!of\b|can\b|must\b|has\b|is\b|way\b|or\b|and\b)\p{Ll}/u.test(after)
  )
    return null;
  const at = start + only.index;
  return { text: words, start: at, end: at + words.length, isFormula: false };
}
