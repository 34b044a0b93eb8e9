import { elementAt } from './element.ts';
import { findBoxes, type Box } from './boxes.ts';
import { jointBetween } from './connectors.ts';
import { findMathSpans } from './math-spans.ts';
import { span, type Span } from './think-split.ts';

export type AnswerRule =
  | 'box'
  | 'boxes joined'
  | 'announced'
  | 'announced formula'
  | 'announced value'
  | 'whole text'
  | 'last formula'
  | 'last value';

/** One reading of a text as an answer, and where it stands. */
export interface AnswerCandidate {
  readonly text: string;
  readonly rule: AnswerRule;
  readonly start: number;
  readonly end: number;
  /** True when the text itself names this as its answer, by a box or in words. */
  readonly isDeclared: boolean;
}

const ANNOUNCEMENT =
  /(?:final answers?|\banswers?|solution set|答案|最终答案|réponse|respuesta|resposta|risposta|antwort|\bergebnis|ответ|jawaban|答え|정답|odpowiedź|cevap|antwoord|đáp án|الإجابة|उत्तर)(?: finale?| définitive| definitiva)?(?:\*\*)?(?: (?:to [^.\n]{0,60}|is|are|would be|should be|must be))?\s*(?:\*\*\s*)?(?:[:：=是为は은]|\bis\b|\bare\b|es\b|est\b|ist\b|lautet\b|[éè](?=\s))|####|(?:^|\n)[ \t*#]{0,8}(?:final )?answer[ \t*]{0,8}\n|\banswer(?=\s*\$|\s*\\[([])/giu;
/** Long enough for any final remark; announcements further back are not the end of the text. */
const TAIL = 4000;
/** Announcements without content are passed over, but not for ever. */
const MAX_ANNOUNCEMENTS = 8;
const MAX_WHOLE = 1500;
/** Without a space it is no prose, however long. */
const MAX_UNBROKEN = 12_000;

/**
 * The possible answers of a text, best first: the last box, else the last announcement, else the text itself when it is
 * short, else its last formula, else its last value. A reader takes the first one it understands; a box ends the search.
 */
export function* answerCandidates(text: string): Generator<AnswerCandidate> {
  const boxes = findBoxes(text);
  const last = boxes.at(-1);
  if (last !== undefined) {
    if (last.end < text.length) yield* announcedAfterBox(text, last);
    yield joinedBoxes(text, boxes);
    return;
  }
  const tagged = lastTagged(text) ?? jsonAnswer(text);
  if (tagged !== null) yield* inside(tagged, true);
  const announced = lastAnnouncement(text, Math.max(0, text.length - TAIL));
  if (announced !== null) {
    yield* inside(announced, true);
    if (isLastWord(text, announced)) return;
  }
  const trimmed = trim(text, 0, text.length);
  if (isFlood(trimmed.text)) return;
  if (trimmed.text.length <= (trimmed.text.includes(' ') ? MAX_WHOLE : MAX_UNBROKEN)) {
    yield { ...trimmed, rule: 'whole text', isDeclared: false };
  }
  const tail = trim(text, Math.max(0, text.length - TAIL), text.length);
  for (const candidate of inside(tail, false)) {
    if (!isDisowned(tail, candidate)) yield candidate;
  }
}

/** "The answer is unclear." at the very end says that there is none; earlier values are not it. */
function isLastWord(text: string, announced: Span): boolean {
  const isMute = !/[\p{N}$\\=:：]/u.test(announced.text) && announced.text.length > 2;
  return isMute && !/[\p{L}\p{N}]/u.test(text.slice(announced.end));
}

/** Longer than any number that a person writes down without a word beside it. */
const MAX_WORDLESS = 2000;

/** A heap of delimiters or digits was not written to answer anything. */
function isFlood(text: string): boolean {
  return text.includes('$$$$') || (text.length > MAX_WORDLESS && isWordless(text));
}

function isWordless(text: string): boolean {
  return /[\s,;$]/u.test(text) && !/\p{L}{3}/u.test(text);
}

const INABILITY =
  /\b(?:can ?not|could not|can['’]t|couldn['’]t|unable|don['’]t know|do not know|not sure|impossible|whether)\b/iu;
const TAKEN_BACK =
  /^[.!?]\s(?:(?:no|it|this|that|they|which),? )?(?:does|do|is|did|can|are|will)(?: ?not\b|n['’]t\b)/iu;

/** A value in a sentence about not knowing, or before "It does not.", was not given as the answer. */
function isDisowned(part: Span, candidate: Span): boolean {
  const before = part.text.slice(0, candidate.start - part.start);
  const start = Math.max(...['. ', '! ', '? ', '\n'].map((stop) => before.lastIndexOf(stop)));
  if (INABILITY.test(before.slice(start + 1))) return true;
  const after = part.text.slice(candidate.end - part.start);
  const stop = /[.!?]\s/u.exec(after);
  return stop !== null && TAKEN_BACK.test(after.slice(stop.index, stop.index + 60));
}

/** `{"answer": …}` as structured outputs give it; the last one counts. */
function jsonAnswer(text: string): Span | null {
  const from = Math.max(0, text.length - TAIL);
  const match = [...text.slice(from).matchAll(JSON_ANSWER)].at(-1);
  const content = match?.[1];
  if (match === undefined || content === undefined) return null;
  const start = from + match.index + match[0].length - content.length;
  const isQuoted = content.startsWith('"');
  const part = isQuoted
    ? span(text, start + 1, start + content.length - 1)
    : span(text, start, start + content.length);
  return { ...part, text: isQuoted ? part.text.replaceAll('\\\\', '\\') : part.text };
}

const JSON_ANSWER =
  /"(?:final_?)?answer"\s*:\s*("(?:[^"\\]|\\.){0,400}"|[-+\d.e]{1,60}|\[[^[\]]{0,400}\])(?=\s*[,}])/giu;

/** `<answer>…</answer>` as several training recipes ask for; a missing closing tag ends with the text. */
function lastTagged(text: string): Span | null {
  const open = text.lastIndexOf('<answer>');
  if (open === -1) return null;
  const close = text.indexOf('</answer>', open);
  const part = trim(text, open + '<answer>'.length, close === -1 ? text.length : close);
  return part.text === '' ? null : part;
}

/** A box that was corrected afterwards in words is not the answer any more. */
function* announcedAfterBox(text: string, box: Box): Generator<AnswerCandidate> {
  if (/^[\s$.)\]}*\\]*$/u.test(text.slice(box.end))) return;
  const announced = lastAnnouncement(text, Math.max(box.end, text.length - TAIL));
  if (announced === null) {
    yield* correctedAfterBox(text, box);
    return;
  }
  if (announced.text.length > 120) return;
  const candidates = [...inside(announced, true)];
  const formulas = candidates.filter(({ rule }) => rule === 'announced formula');
  if (formulas.length > 0) yield* formulas;
  else if (
    CORRECTION.test(text.slice(box.end, announced.start)) &&
    /^[-+−\d$\\([{.]/u.test(announced.text)
  )
    yield* candidates;
}

/** "Actually it should be 43." as the last word, behind a box. */
function* correctedAfterBox(text: string, box: Box): Generator<AnswerCandidate> {
  const from = Math.max(box.end, text.length - MAX_CORRECTION);
  const match = CORRECTED.exec(text.slice(from));
  if (match === null) return;
  const part = trim(text, from + match.index + match[0].length, text.length);
  const isValue = /^[-+−\d$\\({[]/u.test(part.text) && !/[.!?]\s/u.test(part.text);
  if (isValue) yield* inside({ ...part, text: part.text.replace(/[.!]$/u, '') }, true);
}

/** The last sentence, not more. */
const MAX_CORRECTION = 120;
const CORRECTED =
  /\b(?:actually|correction|sorry|mistake)\b[^.\n]{1,60}\b(?:should|must) (?:be|have been) /iu;

const CORRECTION =
  /\b(?:wait|actually|on second thought|correction|mistake|sorry|instead|rather|should (?:have been|be)|i was wrong|recomput\w*|recheck\w*)\b/iu;

function joinedBoxes(text: string, boxes: readonly Box[]): AnswerCandidate {
  const [only] = boxes;
  if (only !== undefined && boxes.length === 1) return inBox(only, only.content.text.trim());
  const group: Box[] = [];
  let word: 'and' | 'or' = 'and';
  for (let index = boxes.length - 1; index >= 0; index -= 1) {
    const box = elementAt(boxes, index);
    const next = group[0];
    if (next !== undefined) {
      const joint = jointBetween(text.slice(box.end, next.start));
      if (joint === null) break;
      if (joint === 'or') word = 'or';
    }
    group.unshift(box);
  }
  const contents = [...new Set(group.map((box) => box.content.text.trim()))];
  const first = elementAt(group, 0);
  const last = elementAt(group, -1);
  if (contents.length === 1) return inBox(last, elementAt(contents, 0));
  const separator = word === 'or' ? ' \\text{ or } ' : ', ';
  return {
    text: contents.join(separator),
    rule: 'boxes joined',
    start: first.start,
    end: last.end,
    isDeclared: true,
  };
}

function inBox({ content }: Box, text: string): AnswerCandidate {
  return { text, rule: 'box', start: content.start, end: content.end, isDeclared: true };
}

function lastAnnouncement(text: string, from: number): Span | null {
  const starts = Array.from(
    text.slice(from).matchAll(ANNOUNCEMENT),
    (match) => from + match.index + match[0].length,
  );
  for (const start of starts.slice(-MAX_ANNOUNCEMENTS).reverse()) {
    const content = sentenceAt(text, start);
    if (content.text !== '') return content;
  }
  return null;
}

/** From `start` to the end of the sentence or line; a formula that begins there is kept whole. */
function sentenceAt(text: string, start: number): Span {
  let index = start;
  while (index < text.length && /[\s*:：=]/u.test(elementAt(text, index))) index += 1;
  const fence = /^```\w{0,12}\n\s*/u.exec(text.slice(index, index + 40))?.[0] ?? '';
  index += fence.length;
  const begin = index;
  const formulas = findMathSpans(text.slice(begin, begin + TAIL));
  let formula = 0;
  while (index < text.length) {
    while (formula < formulas.length && begin + elementAt(formulas, formula).end <= index)
      formula += 1;
    const next = formulas[formula];
    if (next !== undefined && index === begin + next.start) {
      index = begin + next.end;
      continue;
    }
    const char = elementAt(text, index);
    if (char === '\n' || char === '。') break;
    if (/[.!?]/u.test(char) && /\s/u.test(text[index + 1] ?? ' ')) break;
    if (char === '<' && text[index + 1] === '|') break;
    index += 1;
  }
  return trim(text, begin, index);
}

function* inside(part: Span, isDeclared: boolean): Generator<AnswerCandidate> {
  if (isDeclared) yield { ...part, rule: 'announced', isDeclared };
  const formula = lastFormula(part);
  const value = lastValue(part, formula?.end ?? 0);
  const isValueFirst = formula !== null && value !== null && isLaterSentence(part, formula, value);
  if (isValueFirst)
    yield { ...value, rule: isDeclared ? 'announced value' : 'last value', isDeclared };
  if (formula !== null) {
    yield { ...formula, rule: isDeclared ? 'announced formula' : 'last formula', isDeclared };
  }
  if (value !== null && !isValueFirst)
    yield { ...value, rule: isDeclared ? 'announced value' : 'last value', isDeclared };
}

/** A value in a later sentence than the last formula, or at the very end, is the newer statement. */
function isLaterSentence(part: Span, formula: Span, value: Span): boolean {
  const between = part.text.slice(formula.end - part.start, value.start - part.start);
  if (formula.text.trimEnd().endsWith('.')) return true;
  return /[.!?。]\s|\n/u.test(between) || /\bis\s*\$?$/u.test(between);
}

const DENIED =
  /(?:\bnot|\bcannot|n['’]t|\bnever|\brather than|\binstead of|\bneither|\bnor)(?: be)?[\s$(*]*$/iu;

/** The last formulas of a text, joined where only commas or "and" stand between; a denied one does not count. */
function lastFormula(part: Span): Span | null {
  const spans = findMathSpans(part.text).filter(
    (formula) => !DENIED.test(part.text.slice(Math.max(0, formula.start - 20), formula.start)),
  );
  const last = spans.at(-1);
  if (last === undefined) return null;
  let first = last;
  const texts = [last.content.text];
  for (let index = spans.length - 2; index >= 0; index -= 1) {
    const previous = elementAt(spans, index);
    const gap = part.text.slice(previous.end, first.start);
    if (!/^[\s,;、，]*(?:(?:and|or|和|或)\s*)?$/u.test(gap) || gap.trim() === '') break;
    texts.unshift(previous.content.text);
    first = previous;
  }
  const percent = /^\s*(?:%|percent(?:age)?\b|pct\b)/u.exec(
    part.text.slice(last.end, last.end + 20),
  );
  const text = texts.join(', ') + (percent === null ? '' : '\\%');
  return { text, start: part.start + first.start, end: part.start + last.end };
}

/** A bound before a value is part of what is said of it. */
const VALUE =
  /(?<![A-Za-z\d.,_\\^])(?:(?:at (?:least|most)|(?:more|less|fewer|greater) than|up to) )?[-−]?[$€£¥]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s*\/\s*\d+(?:\.\d+)?)?(?:\s*(?:%|percent\b|\\%))?(?![\dA-Z])/gu;

function lastValue(part: Span, after: number): Span | null {
  let found: Span | null = null;
  for (const match of part.text.matchAll(VALUE)) {
    const start = part.start + match.index;
    if (start < after) continue;
    if (DENIED.test(part.text.slice(Math.max(0, match.index - 20), match.index))) continue;
    found = { text: match[0].trim(), start, end: start + match[0].length };
  }
  return found;
}

function trim(text: string, start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from < to && /[\s*]/u.test(elementAt(text, from))) from += 1;
  while (to > from && /[\s*]/u.test(elementAt(text, to - 1))) to -= 1;
  return span(text, from, to);
}
