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
 * is the equality of the verifier; it is asked once for each different candidate. `accepted` is what the verifier read in a
 * text that it found right: its last place counts where no cue leads to the answer.
 */
export function findAnswerPositions(
  text: string,
  isEqual: (candidate: string) => boolean,
  accepted: string | null = null,
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
  const known = { again, statements: statements.length, uncompared };
  if (first !== null || accepted === null || accepted === '') return { first, ...known };
  const start = text.lastIndexOf(accepted);
  if (start < 0) return { first, ...known };
  const read = { start, end: start + accepted.length, answer: accepted, cue: 'verdict' } as const;
  return { ...known, first: read, statements: statements.length + 1 };
}
