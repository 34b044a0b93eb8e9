import { unavailable, type Unavailable } from '../reduction/reduction.ts';
import { itemMeanLengths } from './lengths.ts';
import { alignItems, hasSameItems, itemAccuracy, type RunSamples } from './run-samples.ts';

/** What joint scores read of a run: means over items. Accuracy is a fraction; tokens are averaged over items that have any. */
export interface JointMeans {
  accuracy: number;
  tokens: number;
}

/** Three columns a run: accuracy, mean length, and whether a length is known. `toJointMeans` reads their means. */
export function jointColumns(run: RunSamples): Float64Array[] | Unavailable {
  const lengths = itemMeanLengths(run.items);
  if (lengths.knownCount === 0) return unavailable('No answer has a known length.');
  const accuracy = Float64Array.from(run.items, (item) => itemAccuracy(run, item));
  return [accuracy, lengths.means, lengths.known];
}

/** The columns of a run followed by those of its base, which must answer the same items. */
export function columnsWithBase(
  run: RunSamples,
  base: RunSamples | null,
): Float64Array[] | Unavailable {
  if (base === null) return unavailable('No run is marked as the base to compare with.');
  if (!hasSameItems(run, base))
    return unavailable('The run and its base do not answer the same items.');
  const own = jointColumns(run);
  if ('reason' in own) return own;
  const other = jointColumns({ ...base, items: alignItems(run, base) });
  if ('reason' in other) return unavailable('No answer of the base run has a known length.');
  return [...own, ...other];
}

/** Null where no item of the resample has a known length. */
export function toJointMeans(means: readonly number[], offset = 0): JointMeans | null {
  const [accuracy = 0, lengths = 0, known = 0] = means.slice(offset, offset + 3);
  return known > 0 ? { accuracy, tokens: lengths / known } : null;
}
