import { lastAnnouncement, TAIL } from './announcement.ts';
import { elementAt } from './element.ts';
import { findBoxes, type Box } from './boxes.ts';
import { jointBetween } from './connectors.ts';
import { jsonAnswer, lastTagged } from './marked-answer.ts';
import { revisionAfter } from './revision.ts';
import { CONCLUSION, isHedged, isToDo, sentencesOf, statementsOf } from './sentences.ts';
import { statedValue, type StatedValue } from './stated-value.ts';
import { trimmedSpan, type Span } from './span.ts';

export type AnswerRule =
  | 'box'
  | 'boxes joined'
  | 'announced'
  | 'announced formula'
  | 'announced value'
  | 'revised'
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

const MAX_WHOLE = 1500;
/** Without a space it is no prose, however long. */
const MAX_UNBROKEN = 12_000;

/**
 * The possible answers of a text, best first: the last box, else the last announcement, else the text itself when it is
 * one short statement, else the value that its last sentences state. A reader takes the first one it understands; a box or
 * a tag ends the search, and so does an answer that was taken back.
 */
export function* answerCandidates(text: string): Generator<AnswerCandidate> {
  const boxes = findBoxes(text);
  const last = boxes.at(-1);
  const tagged = lastTagged(text);
  if (last !== undefined && (tagged === null || last.end > tagged.start)) {
    yield* afterRevision(text, last.end, boxed(text, boxes, last));
    return;
  }
  const marked = tagged ?? jsonAnswer(text);
  if (marked !== null) {
    yield* afterRevision(text, marked.end, declared(marked));
    return;
  }
  const announced = lastAnnouncement(text, Math.max(0, text.length - TAIL));
  if (announced !== null) {
    const revision = revisionAfter(text, announced.end);
    if (revision !== null) {
      yield* revised(revision.value);
      return;
    }
    yield* declared(announced);
    if (isLastWord(text, announced)) return;
  }
  yield* undeclared(text);
}

function* boxed(text: string, boxes: readonly Box[], last: Box): Generator<AnswerCandidate> {
  if (last.end < text.length) yield* announcedAfterBox(text, last);
  yield joinedBoxes(text, boxes);
}

/** The candidates, unless the text takes them back behind its answer. */
function* afterRevision(
  text: string,
  end: number,
  candidates: Iterable<AnswerCandidate>,
): Generator<AnswerCandidate> {
  const revision = end < text.length ? revisionAfter(text, end) : null;
  if (revision === null) yield* candidates;
  else yield* revised(revision.value);
}

function* revised(value: StatedValue | null): Generator<AnswerCandidate> {
  if (value === null) return;
  const { text, start, end } = value;
  yield { text, start, end, rule: 'revised', isDeclared: true };
}

/** What an announcement holds: first as a whole, unless it is a sentence that leads up to its value. */
function* declared(part: Span): Generator<AnswerCandidate> {
  const whole: AnswerCandidate = { ...unmarked(part), rule: 'announced', isDeclared: true };
  const value = isHedged(part.text) ? null : statedValue(part);
  const isSentence = value !== null && leadsUp(part, value);
  if (!isSentence) yield whole;
  if (value !== null)
    yield {
      text: value.text,
      start: value.start,
      end: value.end,
      rule: value.isFormula ? 'announced formula' : 'announced value',
      isDeclared: true,
    };
  if (isSentence) yield whole;
}

const FILLER =
  /^(?:the|an?|is|are|of|value|answer|about|approximately|exactly|only|equals?|that|it)$/iu;

/** Whether words stand before a value in a sentence, as in "Mary has 12 apples". */
function leadsUp(part: Span, value: Span): boolean {
  // LaTeX without delimiters is a formula from end to end.
  if (/\\[a-zA-Z]/u.test(part.text) && !/\$|\\[([]/u.test(part.text)) return false;
  const lead = part.text.slice(0, value.start - part.start).replace(/\\[a-zA-Z]+/gu, ' ');
  const words = lead.split(/[^\p{L}'’]+/u).filter((word) => word.length > 1 && !FILLER.test(word));
  return words.length > 1;
}

/** Without the marks of bold type and of code; the offsets stay those of the source. */
function unmarked(part: Span): Span {
  const text = part.text
    .replace(/(?<![\w)])(?:\*\*|__)(?=\S)|(?<=\S)(?:\*\*|__)(?![\w(])/gu, '')
    .replace(/^`([^`\n]+)`(?=[.!]?$)/u, '$1');
  return { ...part, text };
}

/** How many of the last sentences are asked for a value. */
const MAX_SENTENCES = 8;

/** What a text gives that names no answer: itself when it is one short statement, else what it states last. */
function* undeclared(text: string): Generator<AnswerCandidate> {
  const trimmed = trimmedSpan(text, 0, text.length);
  if (isFlood(trimmed.text)) return;
  const isShort = trimmed.text.length <= (trimmed.text.includes(' ') ? MAX_WHOLE : MAX_UNBROKEN);
  const whole: AnswerCandidate = { ...unmarked(trimmed), rule: 'whole text', isDeclared: false };
  const statement = isShort ? statementKind(trimmed) : 'no';
  if (statement === 'bare') yield whole;
  yield* lastStated(text);
  if (statement === 'sentence') yield whole;
}

function* lastStated(text: string): Generator<AnswerCandidate> {
  const tail = trimmedSpan(text, Math.max(0, text.length - TAIL), text.length);
  const sentences = statementsOf(tail);
  for (
    let index = sentences.length - 1;
    index >= Math.max(0, sentences.length - MAX_SENTENCES);
    index -= 1
  ) {
    const sentence = elementAt(sentences, index);
    if (isToDo(sentence.text) || isHedged(sentence.text)) return;
    const value = statedValue(sentence);
    if (value !== null) {
      if (!isDisowned(tail, value))
        yield {
          text: value.text,
          start: value.start,
          end: value.end,
          rule: value.isFormula ? 'last formula' : 'last value',
          isDeclared: false,
        };
      return;
    }
    if (CONCLUSION.test(sentence.text)) return;
  }
}

/** Several sentences are a solution, and a sentence that leads up to a value is more than its answer. */
function statementKind(part: Span): 'bare' | 'sentence' | 'no' {
  const isWordy = ({ text }: Span): boolean => (text.match(/[\p{L}\p{M}]{2,}/gu)?.length ?? 0) > 1;
  const sentences = sentencesOf(part);
  if (!sentences.some(isWordy)) return 'bare';
  if (sentences.length > 1 || isHedged(part.text)) return 'no';
  const value = statedValue(part);
  return value === null || !leadsUp(part, value) ? 'bare' : 'sentence';
}

/** "The answer is unclear." at the end says that there is none; earlier values are not it. */
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

/** An announcement behind a box overrules it where it names a formula, or a value after words of correction. */
function* announcedAfterBox(text: string, box: Box): Generator<AnswerCandidate> {
  if (/^[\s$.)\]}*\\]*$/u.test(text.slice(box.end))) return;
  const announced = lastAnnouncement(text, Math.max(box.end, text.length - TAIL));
  if (announced === null || announced.text.length > MAX_OVERRULING) return;
  const candidates = [...declared(announced)];
  const formulas = candidates.filter(({ rule }) => rule === 'announced formula');
  if (formulas.length > 0) yield* formulas;
  else if (
    CORRECTION.test(text.slice(box.end, announced.start)) &&
    /^[-+−\d$\\([{.]/u.test(announced.text)
  )
    yield* candidates;
}

/** A longer announcement explains the answer in the box. */
const MAX_OVERRULING = 120;
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
