import { answerCandidates } from '#lib/text/final-answer.ts';
import { readAnswer, type Reading } from './reading.ts';

export interface Reference {
  readonly text: string;
  readonly reading: Reading;
}

/** Attempts on one question are judged one after the other, so that its reference need not be read again for each. */
let latest: { readonly source: string; readonly reference: Reference } | null = null;

/** Reads a reference answer; it may come bare, in a box, after `####`, or inside a sentence. */
export function readReference(text: string): Reference {
  if (latest?.source !== text) latest = { source: text, reference: read(text) };
  return latest.reference;
}

function read(text: string): Reference {
  const isMarked = text.includes('\\boxed') || text.includes('####');
  const plain = text.trim();
  const whole = isMarked ? null : readAnswer(plain);
  if (whole !== null && whole.kind !== 'unreadable') return { text: plain, reading: whole };
  for (const candidate of answerCandidates(plain)) {
    const reading = readAnswer(candidate.text);
    if (reading.kind === 'value' || (isMarked && candidate.isDeclared))
      return { text: candidate.text, reading };
  }
  return { text: plain, reading: whole ?? readAnswer(plain) };
}
