import { deflateSync } from 'node:zlib';
import type { Codec } from '#lib/redundancy/scan/compression.ts';
import { measureTrace, type MeasuredTrace } from '#lib/redundancy/trace/measure-trace.ts';
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

/** Deflate at its default level: on traces half again as fast as at the highest, and within a hundredth of its ratio. */
const DEFLATE: Codec = { id: 'deflate-6', compress: (bytes) => deflateSync(bytes) };

/** What a reader sees of the text, as positions in it count; null when nothing is stored. */
export function visibleText({ output, reasoning, answer }: AttemptTexts): string | null {
  if (output !== null) return output;
  if (reasoning === null && answer === null) return null;
  return [reasoning, answer].filter((part) => part !== null).join('\n');
}

/** Null when there is no text: that nothing was found in it would be a claim. */
export function measureAttempt(texts: AttemptTexts, question: string | null): MeasuredTrace | null {
  const text = visibleText(texts);
  return text === null ? null : measureTrace(text, { question, codec: DEFLATE });
}
