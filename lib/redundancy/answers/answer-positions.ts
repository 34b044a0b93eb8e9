import { findStatedAnswers, type StatedAnswer } from './stated-answers.ts';

/** Where a trace has its answer. Found by cues in the text, so a stand-in for labels, and to be named as one. */
export interface AnswerPositions {
  /** The first statement equal to the answer; null when none is. */
  first: StatedAnswer | null;
  /** Later statements of it: what was derived or said again. */
  again: StatedAnswer[];
  /** All statements, equal or not. */
  statements: number;
  /** Statements that were not compared because the text has too many different ones. */
  uncompared: number;
}

/** A text with more different candidates is a table or a loop; comparing them all would cost seconds. */
const MOST_COMPARED = 2000;

/**
 * The first place where a text states the given answer, and every later one (post-answer share and re-derivations). `isEqual`
 * is the equality of the verifier; it is asked once for each different candidate.
 */
export function findAnswerPositions(
  text: string,
  isEqual: (candidate: string) => boolean,
): AnswerPositions {
  const verdicts = new Map<string, boolean>();
  const statements = findStatedAnswers(text);
  const equal: StatedAnswer[] = [];
  let uncompared = 0;
  for (const statement of statements) {
    let verdict = verdicts.get(statement.answer);
    if (verdict === undefined) {
      if (verdicts.size >= MOST_COMPARED) {
        uncompared += 1;
        continue;
      }
      verdict = isEqual(statement.answer);
      verdicts.set(statement.answer, verdict);
    }
    if (verdict) equal.push(statement);
  }
  const [first = null, ...again] = equal;
  return { first, again, statements: statements.length, uncompared };
}
