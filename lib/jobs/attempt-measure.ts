import { countByLabel, detectAll } from '#lib/redundancy/detector.ts';
import { detectors } from '#lib/redundancy/index.ts';
import { splitThinking } from '#lib/text/think-split.ts';
import type { TokenCounter } from '#lib/tokens/tokenizer.ts';

/** The texts of one attempt, as stored; null is unknown. */
export interface AttemptTexts {
  output: string | null;
  reasoning: string | null;
  answer: string | null;
}

export interface CountedTokens {
  output: number;
  /** Null when the text shows no reasoning part. */
  reasoning: number | null;
  answer: number | null;
}

export interface MeasuredTrace {
  detector: string;
  version: number;
  count: number;
  /** Occurrences by keyword or kind. */
  features: Record<string, number>;
}

/** The whole text the model wrote, as a verifier reads it; '' when there is none. */
export function responseText({ output, reasoning, answer }: AttemptTexts): string {
  if (output !== null) return output;
  if (reasoning === null) return answer ?? '';
  // An answer that the source splits off stands outside the thinking; without one the thinking was never closed.
  return answer === null ? `<think>${reasoning}` : `<think>${reasoning}</think>${answer}`;
}

/** Counts what stands there: no tags are added and none are taken away from the total. */
export function countTokens(texts: AttemptTexts, counter: TokenCounter): CountedTokens | null {
  const { output, reasoning, answer } = texts;
  if (output === null && reasoning === null && answer === null) return null;
  if (reasoning !== null || answer !== null) {
    const parts = {
      reasoning: reasoning === null ? null : counter.count(reasoning),
      answer: answer === null ? null : counter.count(answer),
    };
    const whole =
      output === null ? (parts.reasoning ?? 0) + (parts.answer ?? 0) : counter.count(output);
    return { output: whole, ...parts };
  }
  const text = output ?? '';
  const { thinking, answer: rest } = splitThinking(text);
  return {
    output: counter.count(text),
    reasoning: thinking === null ? null : counter.count(thinking.text),
    answer: thinking === null ? null : counter.count(rest.text),
  };
}

/** Every registered detector over the visible text. */
export function measureTraces(texts: AttemptTexts): MeasuredTrace[] {
  const text =
    texts.output ?? [texts.reasoning, texts.answer].filter((part) => part !== null).join('\n');
  const found = detectAll(detectors.all, text);
  return detectors.all.map(({ id, version }, index) => {
    const spans = found[index] ?? [];
    return { detector: id, version, count: spans.length, features: countByLabel(spans) };
  });
}
