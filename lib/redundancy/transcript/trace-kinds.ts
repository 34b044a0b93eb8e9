import type { Detector } from '../detector.ts';
import { reflectionKeywords } from '../reflection-keywords.ts';
import { repeatedPassages } from '../repeated-passages.ts';
import { repeatedSteps } from '../repeated-steps.ts';
import { suffixLoop } from '../suffix-loop.ts';
import { thoughtSwitches } from '../thought-switches.ts';

/** A kind of redundancy that a transcript marks. */
export interface TraceKind {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  readonly description: string;
}

/** Kinds that the text alone shows. */
export const TEXT_KINDS: readonly Detector[] = [
  reflectionKeywords,
  thoughtSwitches,
  repeatedSteps,
  repeatedPassages,
  suffixLoop,
];

export const RESTATED_QUESTION: TraceKind = {
  id: 'restated-question',
  version: 1,
  label: 'Restated question',
  description: 'Passages of at least five words that stand in the question word for word.',
};

export const ANSWER_AGAIN: TraceKind = {
  id: 'answer-again',
  version: 1,
  label: 'Right answer again',
  description:
    'Every statement of the right answer after the first one: a box, “the answer is …”, or the right side of an equation that the verifier finds equal to the reference. Found by these cues, so a short answer may also be met by chance.',
};
