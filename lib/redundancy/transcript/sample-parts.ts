import { splitThinking } from '#lib/text/think-split.ts';
import type { Sample } from '#lib/schemas/sample.ts';
import type { Span } from '../detector.ts';
import { reflectionKeywords } from '../reflection-keywords.ts';

interface Texts {
  output: string | null;
  reasoning: string | null;
  answer: string | null;
}

type Parts = Pick<Sample, 'reasoning' | 'answer' | 'split' | 'isReasoningClosed' | 'detector'>;

/**
 * What the sample page shows: reasoning and answer apart, with the reflections that the board counts. The source's own
 * split comes first, then the markers in the text; without either all of it is the answer.
 */
export function toSampleParts({ output, reasoning, answer }: Texts): Parts {
  const detector = `${reflectionKeywords.id}@${reflectionKeywords.version}`;
  if (reasoning !== null || answer !== null) {
    return {
      reasoning: toPart(reasoning),
      answer: toPart(answer),
      split: 'source',
      isReasoningClosed: true,
      detector,
    };
  }
  const split = output === null ? null : splitThinking(output);
  return {
    reasoning: toPart(split?.thinking?.text ?? null),
    answer: toPart(split?.answer.text ?? null),
    split: split?.thinking == null ? 'none' : 'markers',
    isReasoningClosed: split?.isClosed ?? true,
    detector,
  };
}

function toPart(text: string | null): { text: string; reflections: Span[] } | null {
  return text === null ? null : { text, reflections: reflectionKeywords.detect(text) };
}
