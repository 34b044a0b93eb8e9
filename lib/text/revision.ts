import { CONCLUSION, statementsOf } from './sentences.ts';
import { statedValue, type StatedValue } from './stated-value.ts';
import { span } from './span.ts';

/** A revision that is longer than this is a new solution, and has an announcement of its own. */
const MAX_REVISION = 3000;

const FIRST_PERSON =
  /\bi (?:(?:have |just |think i |now )?(?:made|see|found|spotted|noticed|realize|realise|realized|realised)(?: that)? (?:a|an|my|the|i)\b[^.\n]{1,30}\b(?:mistake|error|slip|wrong)|was wrong|forgot|misread|miscalculated|miscounted|overlooked|missed|need to (?:correct|fix|revise))\b|\b(?:scratch that|ignore that|strike that|on second thought|let me (?:redo|recompute|recalculate|correct|fix|revise|start over))\b|\bcorrection:|\b(?:that|this|it) (?:was|is) (?:a|my) mistake\b/iu;
const INTERJECTION =
  /(?:^|[.!?\s])(?:(?:wait|hm{2,5}|oops|hold on|actually|sorry|correction)[,.!?…:\s-]|no[,.!…])/iu;
const WRONG =
  /\b(?:wrong|incorrect|mistaken?|error|not (?:right|correct|quite)|(?:should|must) (?:be|have been))\b/iu;
/** "No, it is correct." */
const CONFIRMED =
  /\b(?:correct|right|checks? out|confirm(?:s|ed)?|hold(?:s|ing)?|match(?:es)?|stands?|fine|consistent|still|remains?|good)\b/iu;

export interface Revision {
  /** What was given instead; null where the answer was only taken back. */
  readonly value: StatedValue | null;
}

/**
 * What a text says after its answer to take it back: "Wait, that's wrong: I forgot to add 1. So it's 43." Null where the
 * answer stands.
 */
export function revisionAfter(text: string, end: number): Revision | null {
  if (text.length - end > MAX_REVISION) return null;
  const rest = text.slice(end);
  const mark = FIRST_PERSON.exec(rest) ?? INTERJECTION.exec(rest);
  if (mark === null) return null;
  const from = end + mark.index;
  const sentences = statementsOf(span(text, from, text.length));
  const last = sentences.at(-1);
  const concluding = sentences.findLast((sentence) => statedValue(sentence) !== null);
  const value = concluding === undefined ? null : statedValue(concluding);
  const isWithdrawn =
    FIRST_PERSON.test(rest) || WRONG.test(rest.slice(mark.index, mark.index + 80));
  if (isWithdrawn)
    return value === null && CONFIRMED.test(last?.text ?? '') && !WRONG.test(last?.text ?? '')
      ? null
      : { value };
  return concluding !== undefined && concluding === last && CONCLUSION.test(concluding.text)
    ? { value }
    : null;
}
