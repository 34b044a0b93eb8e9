import type { AnswerCandidate } from '#lib/text/final-answer.ts';
import { readAnswer, type Reading } from './reading.ts';
import { STRUCTURE, SYMBOL, traitsOf } from './traits.ts';
import type { Node } from './tree.ts';
import { isAddress } from './words.ts';

/** More words than this around a value are a sentence about something, not an answer. */
const MAX_WORDS = 4;
/** In a text that names no answer, even a few words make it a sentence. */
const MAX_UNDECLARED_WORDS = 3;
/** A longer text is not one sentence any more. */
const MAX_SENTENCE = 200;

const DENIAL = /\b(?:not|cannot|never|neither)\b|n['’]t\b/iu;

export interface ReadableAnswer {
  readonly candidate: AnswerCandidate;
  readonly reading: Reading;
}

/** Reads its text when it is asked to: an answer that is written as the reference is need not be read. */
class Candidate implements ReadableAnswer {
  readonly candidate: AnswerCandidate;
  #reading: Reading | null = null;

  constructor(candidate: AnswerCandidate) {
    this.candidate = candidate;
  }

  get reading(): Reading {
    this.#reading ??= readAnswer(this.candidate.text);
    return this.#reading;
  }
}

/** The first candidate that reads as a value; a box is final, whatever it holds. Words are kept for answers that are words. */
export function findReadable(candidates: Iterable<AnswerCandidate>): ReadableAnswer | null {
  let words: ReadableAnswer | null = null;
  for (const candidate of candidates) {
    const isBox = candidate.rule === 'box' || candidate.rule === 'boxes joined';
    const isShort = candidate.text.length <= MAX_SENTENCE;
    const isWhole = candidate.rule === 'whole text';
    if (isWhole && isShort && isAddress(candidate.text)) break;
    const found = new Candidate(candidate);
    if (isBox || isAnswer(found)) return found;
    const isFormula = candidate.rule === 'last formula' && words?.candidate.isDeclared !== true;
    const isMute = found.reading.kind !== 'value' || isProse(found);
    if (isShort && isMute && (words === null || isFormula)) words = found;
  }
  return words;
}

function isAnswer({ candidate, reading }: ReadableAnswer): boolean {
  if (reading.kind !== 'value' || isAddress(candidate.text)) return false;
  if (candidate.rule === 'whole text' && DENIAL.test(candidate.text)) return false;
  return reading.words <= (candidate.isDeclared ? MAX_WORDS : MAX_UNDECLARED_WORDS);
}

/** Whether a text reads as a value with few words around it. */
export function isConcise(reading: Reading): boolean {
  return reading.kind === 'value' && reading.words <= MAX_WORDS;
}

/** Whether the words around a value make it a sentence, or speak to the grader. */
export function isProse({ candidate, reading }: ReadableAnswer): boolean {
  if (reading.kind !== 'value' || reading.words === 0) return false;
  if (isAddress(candidate.text) || isQualified(reading.node)) return true;
  const isLong = reading.words > MAX_WORDS;
  return isLong && !(candidate.isDeclared && isAboutOneNumber(candidate.text, reading.node));
}

/** "Lori needs 44 hours to earn it" names one number and says nothing that changes it. */
function isAboutOneNumber(text: string, node: Node): boolean {
  return (
    node.kind === 'item' &&
    node.condition === '' &&
    text.length <= MAX_SENTENCE &&
    (traitsOf(node.value) & (SYMBOL | STRUCTURE)) === 0 &&
    !/\d/u.test(node.prefix + node.suffix) &&
    !CHANGING.test(`${node.prefix} ${node.suffix}`)
  );
}

/** Words of a second value, of a choice, a bound, a doubt, a step on the way, or of somebody who speaks to the reader. */
const CHANGING =
  /\b(?:i|me|my|we|you|your|please|refuse|answer|mark|marks|points?|credit|or|either|between|not|never|no|none|cannot|if|unless|except|least|most|more|less|fewer|than|about|around|roughly|approximately|half|twice|double|times|plus|minus|sum|product|another|other|instead|rather|but|first|let|suppose|assume|guess|think|try|should|could|might|may|would|one|two|three|four|five|six|seven|eight|nine|ten|any|correct)\b|n['’]t\b|\?/iu;

/** `5 (or any other number)` and `5 is not the answer` take back the value that they name. */
function isQualified(node: Node): boolean {
  return node.kind === 'item' && QUALIFIED.test(node.suffix);
}

const QUALIFIED =
  /^\(?or\b|^(?:is|was|are|does|did|do|can|could|should|must|will|would)(?: not\b|n['’]t\b)|\b(?:not|n['’]t) (?:be )?(?:the |an? |my )?(?:answer|solution|result|correct|right|valid|possible|allowed)\b|\b(?:is|are|was) (?:impossible|wrong|incorrect|invalid|false|excluded)\b|\bcannot\b/iu;
