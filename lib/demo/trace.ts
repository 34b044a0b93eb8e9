import type { FinishReason } from '#lib/importers/importer.ts';

import type { Steps } from './strategies/strategy.ts';

export interface Trace {
  output: string;
  finishReason: Extract<FinishReason, 'stop' | 'length'>;
}

/**
 * Writes the steps down under a budget of whitespace-separated words, tags and answer included.
 * Steps after the cut are never taken. The boxed answer is the last word, so a cut trace has none.
 */
export function writeTrace(steps: Steps, budgetWords: number | null): Trace {
  const lines: string[] = [];
  let wordsLeft = budgetWords ?? Number.POSITIVE_INFINITY;

  for (const line of allLines(steps)) {
    const words = line.split(' ');
    if (words.length > wordsLeft) {
      if (wordsLeft > 0) lines.push(words.slice(0, wordsLeft).join(' '));
      return { output: lines.join('\n'), finishReason: 'length' };
    }
    lines.push(line);
    wordsLeft -= words.length;
  }
  return { output: lines.join('\n'), finishReason: 'stop' };
}

function* allLines(steps: Steps): Generator<string, void, undefined> {
  yield '<think>';
  const answer = yield* steps;
  yield '</think>';
  yield `The answer is \\boxed{${answer}}.`;
}
