/** How a bare answer is handed to a verifier: as it reads answers best. */
export type AnswerForm = (answer: string) => string;

const FORMS: readonly AnswerForm[] = [
  (answer) => `\\boxed{${answer}}`,
  (answer) => `The answer is ${answer}.`,
  (answer) => `#### ${answer}`,
  (answer) => answer,
];

/**
 * The first form in which the verifier finds the reference equal to itself. Null for verifiers that do not compare with
 * the reference (a target to be reached, a schema), and then no place of it in a text can be told.
 */
export function findAnswerForm(
  gold: string,
  isCorrect: (response: string) => boolean,
): AnswerForm | null {
  return FORMS.find((form) => isCorrect(form(gold))) ?? null;
}
