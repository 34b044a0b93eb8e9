import { bareLetter, bracketedLetter, valueBehindLetter } from '#lib/text/choice-letter.ts';
import { answerCandidates } from '#lib/text/final-answer.ts';
import { readAnswer, type Reading } from './reading.ts';

/** A reference answer with what its readers ask of it; what costs time is found once. */
export class Reference {
  readonly text: string;
  readonly reading: Reading;
  /** The letter where the reference is nothing but a choice. */
  readonly letter: string | null;
  /** The letter of `(B) 12`. */
  readonly leadingLetter: string | null;
  #behind: Reference | null | undefined;

  constructor(text: string, reading: Reading) {
    this.text = text;
    this.reading = reading;
    this.letter = bareLetter(text);
    this.leadingLetter = bracketedLetter(text);
  }

  /** The value behind the letter of a choice, which may be given without it; null where none is. */
  get valueBehindLetter(): Reference | null {
    if (this.leadingLetter === null) return null;
    if (this.#behind === undefined) {
      const value = valueBehindLetter(this.text);
      this.#behind = value === null ? null : new Reference(value, readAnswer(value));
    }
    return this.#behind;
  }
}

/** Of the references that are kept, in characters: some thousands of usual ones. */
const MOST_KEPT = 1 << 18;
/** Nobody writes a reference that long twice. */
const LONGEST_KEPT = 1 << 12;

/** The reference of an item comes with every sample of every run: it is read once. */
const known = new Map<string, Reference>();
let keptCharacters = 0;

/** Reads a reference answer; it may come bare, in a box, after `####`, or inside a sentence. */
export function readReference(text: string): Reference {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const reference = read(text);
  if (text.length > LONGEST_KEPT) return reference;
  if (keptCharacters + text.length > MOST_KEPT) forgetReferences();
  known.set(text, reference);
  keptCharacters += text.length;
  return reference;
}

/** What is asked for again is read again. */
export function forgetReferences(): void {
  known.clear();
  keptCharacters = 0;
}

/** A number inside of a formula that can't be read is not the reference; one in a sentence is. */
function isSentence(text: string): boolean {
  return text.split(/\s+/u).filter((word) => /^\p{L}{2}/u.test(word)).length >= SENTENCE_WORDS;
}

const SENTENCE_WORDS = 3;

function read(text: string): Reference {
  const isMarked = text.includes('\\boxed') || text.includes('####');
  const plain = text.trim();
  const whole = isMarked ? null : readAnswer(plain);
  if (whole !== null && whole.kind !== 'unreadable') return new Reference(plain, whole);
  for (const candidate of answerCandidates(plain)) {
    if (candidate.rule === 'last value' && !isSentence(plain)) continue;
    const reading = readAnswer(candidate.text);
    if (reading.kind === 'value' || (isMarked && candidate.isDeclared))
      return new Reference(candidate.text, reading);
  }
  return new Reference(plain, whole ?? readAnswer(plain));
}
