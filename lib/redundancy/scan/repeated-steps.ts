import type { Step } from './steps.ts';
import type { TextScan } from './text-scan.ts';

const SHINGLE_WORDS = 5;
const LEAST_SIMILARITY = 0.8;

export interface RepeatedStep extends Step {
  /** Positions in the list of steps. */
  index: number;
  earlier: number;
  /** Jaccard similarity of the two sets of shingles. */
  similarity: number;
}

/**
 * Steps whose shingles (runs of five words, Broder 1997) are at least 80 % those of one earlier step. Each shingle knows the
 * first and the latest step that holds it, so that time stays linear; a step is compared with those two candidates only.
 */
export function findRepeatedSteps(scan: TextScan): RepeatedStep[] {
  const { words, steps } = scan;
  const shingles = scan.ngrams(SHINGLE_WORDS);
  const owners = ownersOf(shingles.length);
  const sizes = new Int32Array(steps.length);
  const repeated: RepeatedStep[] = [];
  let word = 0;
  steps.forEach((step, index) => {
    while (word < words.count && (words.starts[word] ?? 0) < step.start) word += 1;
    const from = word;
    while (word < words.count && (words.starts[word] ?? 0) < step.end) word += 1;
    const until = Math.min(shingles.length, word - SHINGLE_WORDS + 1);
    const shared = new Map<number, number>();
    for (let i = from; i < until; i += 1) {
      const id = shingles[i] ?? 0;
      if (owners.latest[id] === index) continue;
      sizes[index] = (sizes[index] ?? 0) + 1;
      const [first, latest] = [owners.first[id] ?? -1, owners.latest[id] ?? -1];
      if (first >= 0) shared.set(first, (shared.get(first) ?? 0) + 1);
      if (latest >= 0 && latest !== first) shared.set(latest, (shared.get(latest) ?? 0) + 1);
      if (first < 0) owners.first[id] = index;
      owners.latest[id] = index;
    }
    const best = bestMatch(shared, sizes, index);
    if (best !== null) repeated.push({ ...step, index, ...best });
  });
  return repeated;
}

/** By shingle, the first and the latest step that held it; -1 for none. */
function ownersOf(count: number): { first: Int32Array; latest: Int32Array } {
  return { first: new Int32Array(count).fill(-1), latest: new Int32Array(count).fill(-1) };
}

function bestMatch(
  shared: ReadonlyMap<number, number>,
  sizes: Int32Array,
  index: number,
): { earlier: number; similarity: number } | null {
  let best: { earlier: number; similarity: number } | null = null;
  for (const [earlier, both] of shared) {
    const similarity = both / ((sizes[index] ?? 0) + (sizes[earlier] ?? 0) - both);
    if (similarity >= LEAST_SIMILARITY && similarity > (best?.similarity ?? 0))
      best = { earlier, similarity };
  }
  return best;
}
