import { itemInterval, meanAndError, meanInterval } from '#lib/stats/item-interval.ts';
import { toReportedFigures, type BoardFigures } from './board-row.ts';
import { toItemMeans } from './item-means.ts';
import { ARRAY_FIELDS, createRunState, type RunState } from './run-state.ts';

/** A run on a part of the items. */
export interface SlicedRun {
  figures: BoardFigures;
  /** Share of points by item of the part. */
  itemMeans: Float64Array;
}

const NOT_KEPT = 'Kept for all items together only, not for a part of them.';

/** What a summary knows of a part of its items; it keeps accuracy and length by item and all else for the whole. */
export function toSlicedRun(
  state: RunState,
  positions: Uint32Array,
  samplesPerItem: number,
): SlicedRun {
  const part = pickItems(state, positions);
  const expected = positions.length * samplesPerItem;
  const attempts = sumOf(part.itemAttempts);
  const itemMeans = toItemMeans(part, { expectedAttempts: expected });
  const known = attempts > 0 ? meanAndError(itemMeans) : null;
  const isSingleSample = samplesPerItem <= 1 && part.itemAttempts.every((count) => count <= 1);
  const lengths = itemLengths(part);
  const length = meanAndError(lengths);
  return {
    itemMeans,
    figures: withReasons(
      {
        ...toReportedFigures({ accuracy: known?.mean ?? null, tokensMean: length?.mean ?? null }),
        samplesPerItem,
        accuracyError: known?.standardError ?? null,
        accuracyInterval: known === null ? null : itemInterval(itemMeans, { isSingleSample }),
        missingShare: expected === 0 ? null : (Math.max(expected, attempts) - attempts) / expected,
        tokensError: length?.standardError ?? null,
        tokensInterval: meanInterval(lengths),
        tokensPerCorrect: tokensPerCorrect(part),
      },
      { items: positions.length, attempts },
    ),
  };
}

/** A published figure is of the whole benchmark: of a part nothing is known. */
export function toUnslicedFigures(): BoardFigures {
  const figures = toReportedFigures({ accuracy: null, tokensMean: null });
  for (const name of Object.keys(figures.reasons) as (keyof BoardFigures['reasons'])[])
    figures.reasons[name] = 'Published for all items together only.';
  return figures;
}

function pickItems(state: RunState, positions: Uint32Array): RunState {
  const part = createRunState(positions.length);
  for (const name of ARRAY_FIELDS) {
    if (!name.startsWith('item')) continue;
    positions.forEach((position, index) => {
      part[name][index] = state[name][position] ?? 0;
    });
  }
  return part;
}

function itemLengths(part: RunState): number[] {
  const lengths: number[] = [];
  part.itemTokenCounts.forEach((count, item) => {
    if (count > 0) lengths.push((part.itemTokenSums[item] ?? 0) / count);
  });
  return lengths;
}

/** Needs the length of every attempt: a sum that misses some would make the run look cheap. */
function tokensPerCorrect(part: RunState): number | null {
  const correct = sumOf(part.itemCorrect);
  const isComplete = sumOf(part.itemTokenCounts) === sumOf(part.itemAttempts);
  return correct > 0 && isComplete ? sumOf(part.itemTokenSums) / correct : null;
}

function withReasons(
  figures: BoardFigures,
  { items, attempts }: { items: number; attempts: number },
): BoardFigures {
  const reasons: BoardFigures['reasons'] = {};
  for (const name of Object.keys(figures) as (keyof BoardFigures)[]) {
    if (name !== 'reasons' && figures[name] === null)
      reasons[name] = reasonFor(name, { items, attempts });
  }
  return { ...figures, reasons };
}

function reasonFor(
  name: keyof BoardFigures,
  { items, attempts }: { items: number; attempts: number },
): string {
  if (items === 0) return 'No item has these labels.';
  if (attempts === 0) return 'No attempt at these items has been scored yet.';
  switch (name) {
    case 'accuracyError':
    case 'accuracyInterval':
      return 'An interval needs at least two items.';
    case 'tokensMean':
      return 'No length is known.';
    case 'tokensError':
    case 'tokensInterval':
      return 'An interval needs two items whose known lengths differ.';
    case 'tokensPerCorrect':
      return 'No answer is correct, or the lengths of some are unknown.';
    default:
      return NOT_KEPT;
  }
}

function sumOf(values: Uint32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
