import type { NewAttempt } from '#lib/db/attempts.ts';
import type { ImportedAttempt } from '#lib/importers/importer.ts';
import type { PlacedAttempt } from './item-catalogue.ts';

/** An attempt whose texts are not frames yet, and which has no position in the run yet. */
export type UnpackedAttempt = Omit<NewAttempt, 'position' | 'output' | 'reasoning' | 'answer'> & {
  texts: Pick<ImportedAttempt, 'output' | 'reasoning' | 'answer'>;
};

/** Puts an imported attempt in its place in the benchmark. */
export function toUnpackedAttempt(
  attempt: ImportedAttempt,
  place: PlacedAttempt & { sourceRow: number },
): UnpackedAttempt {
  const { tokens, reported, error } = attempt;
  return {
    itemKey: place.itemKey,
    sampleIndex: attempt.sampleIndex,
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
    texts: { output: attempt.output, reasoning: attempt.reasoning, answer: attempt.answer },
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
