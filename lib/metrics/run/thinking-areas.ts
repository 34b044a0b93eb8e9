import { unavailable, type Unavailable } from '../reduction/reduction.ts';
import { expectedSamples, isCorrect, type RunSamples } from './run-samples.ts';

/** c · max(0, maxTokens − T) / maxTokens for each item, over its expected samples; T are thinking tokens. */
export function thinkingAreas(
  run: RunSamples,
  maxTokens: number,
): { byItem: number[] } | Unavailable {
  const correct = run.items.flatMap(({ samples }) => samples.filter(isCorrect));
  const unknown = correct.filter(({ reasoningTokens }) => reasoningTokens === null).length;
  if (unknown > 0)
    return unavailable(
      `${unknown} of ${correct.length} correct answers do not say how much they thought.`,
    );
  return {
    byItem: run.items.map((item) => {
      const expected = expectedSamples(run, item);
      if (expected === 0) return 0;
      const areas = item.samples
        .filter(isCorrect)
        .map(({ reasoningTokens }) => Math.max(0, 1 - (reasoningTokens ?? 0) / maxTokens));
      return areas.reduce((sum, area) => sum + area, 0) / expected;
    }),
  };
}
