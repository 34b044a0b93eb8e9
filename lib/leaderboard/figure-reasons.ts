import type { FigureReasons, NullableFigures } from './run-figures.ts';
import type { RunState } from './run-state.ts';

/** A reason for every null among the figures of a run. */
export function toFigureReasons(
  values: NullableFigures,
  state: RunState,
  attempts: number,
): FigureReasons {
  const reasons: FigureReasons = {};
  for (const name of Object.keys(values) as (keyof NullableFigures)[]) {
    if (values[name] !== null) continue;
    reasons[name] =
      state.itemCount === 0 ? 'The benchmark has no items.' : reasonFor(name, state, attempts);
  }
  return reasons;
}

function reasonFor(name: keyof NullableFigures, state: RunState, attempts: number): string {
  if (attempts === 0) return 'No attempt has been scored yet.';
  if (attempts === state.errors) return 'Every attempt ended in an error.';
  const known = state.tokensCorrect.count + state.tokensOther.count;
  switch (name) {
    case 'accuracyInterval':
    case 'accuracyError':
      return 'An interval needs at least two items.';
    case 'answeredAccuracy':
      return 'No answer could be judged right or wrong.';
    case 'clipRatio':
      return 'The source does not say how answers ended.';
    case 'stoppedTokensMean':
      return known === 0
        ? 'No length is known.'
        : 'No answer of known length is known to have ended by itself.';
    case 'tokensPerCorrect':
      if (known < state.characters.count) return 'The lengths of some answers are unknown.';
      return 'No answer is correct.';
    case 'tokensInterval':
    case 'tokensError':
      if (known === 0) return 'No length is known.';
      if (state.itemTokenCounts.filter((count) => count > 0).length > 1) {
        return 'All items have the same mean length, which gives an interval no width.';
      }
      return 'An interval needs at least two items with known lengths.';
    case 'tokensGeometricMean':
      return known === 0 ? 'No length is known.' : 'All known lengths are zero.';
    case 'tokensMeanRight':
    case 'tokensMedianRight':
      return state.outcomes.correct === 0
        ? 'No answer is correct.'
        : 'No length of a correct answer is known.';
    case 'tokensMeanWrong':
    case 'tokensMedianWrong':
      return 'No length of an answer that is not correct is known.';
    case 'reasoningTokensMean':
    case 'answerTokensMean':
      return 'The source does not split reasoning from answer.';
    case 'reflectionsPerResponse':
      return 'Reflections were not counted: the text is not visible.';
    case 'reflectionsPer1kTokens':
      return state.reflections.count === 0
        ? 'Reflections were not counted: the text is not visible.'
        : 'No length above zero is known where reflections were counted.';
    case 'agreement':
      return 'The source did not score its answers.';
    default:
      return 'No length is known.';
  }
}
