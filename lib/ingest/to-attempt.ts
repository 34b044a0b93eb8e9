import type { NewAttempt } from '#lib/db/attempts.ts';
import type { ImportedAttempt } from '#lib/importers/importer.ts';
import { encodeFrame } from './frames.ts';
import type { PlacedAttempt } from './item-catalogue.ts';

/** Both the item and the attempt are placed; texts become frames here, so that COPY only moves bytes. */
export function toNewAttempt(
  attempt: ImportedAttempt,
  place: PlacedAttempt & { position: number; sourceRow: number },
): NewAttempt {
  const { tokens, reported, error } = attempt;
  return {
    itemKey: place.itemKey,
    sampleIndex: attempt.sampleIndex,
    position: place.position,
    itemPosition: place.itemPosition,
    sourceRow: place.sourceRow,
    promptTokens: tokens.prompt,
    outputTokens: tokens.output,
    reasoningTokens: tokens.reasoning,
    answerTokens: tokens.answer,
    tokenSource: tokens.source,
    tokenNote: tokens.note,
    characters: countCharacters(attempt),
    finishReason: attempt.finishReason,
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
    signals: jsonOrNull(attempt.signals),
    reportedScore: reported.score,
    reportedCorrect: reported.isCorrect,
    reportedExtracted: reported.extracted,
    extras: jsonOrNull(attempt.extras),
    output: encodeFrame(attempt.output),
    reasoning: encodeFrame(attempt.reasoning),
    answer: encodeFrame(attempt.answer),
  };
}

/** UTF-16 units of the visible text. */
function countCharacters({ output, reasoning, answer }: ImportedAttempt): number {
  if (output !== null) return output.length;
  return (reasoning?.length ?? 0) + (answer?.length ?? 0);
}

function jsonOrNull(value: Readonly<Record<string, unknown>>): string | null {
  return Object.keys(value).length === 0 ? null : JSON.stringify(value);
}
