import { DEFAULT_LEVEL } from '#lib/stats/interval.ts';
import { studentTQuantile } from '#lib/stats/student-t.ts';

export interface RankInput {
  runId: string;
  accuracy: number | null;
  /** Only lengths in the board's column; null keeps a run behind those with one. */
  tokens: number | null;
  /** By item position; null for a published figure. Arrays of two sizes are never compared. */
  itemMeans: Float64Array | Float32Array | null;
}

export interface RankedRun {
  runId: string;
  /** From 1 and shared by a tie group; null without accuracy. */
  rank: number | null;
  /** From 1 in the order of ranks; null without accuracy. */
  tieGroup: number | null;
  /** Another run is in the group. */
  isTied: boolean;
}

interface Group {
  /** The most accurate run of the group. */
  head: KnownRun;
  members: KnownRun[];
}

type KnownRun = RankInput & { accuracy: number };

/** Summing rational shares in different orders leaves dust of this size. */
const SAME_ACCURACY = 1e-12;

/**
 * Ranks by accuracy with ties, and orders each tie by fewer tokens. From the most accurate down, a run joins the open
 * group while a paired test over items does not separate it from the group's head; the first that is separated opens the
 * next. So a rank says "not shown to be worse than the best of its group" and costs one test a run. A published figure has
 * no items to test: it ties on equal accuracy only, and neither opens nor splits a group of measured runs.
 */
export function rankRuns(
  runs: readonly RankInput[],
  options: { level?: number } = {},
): RankedRun[] {
  const known = runs.filter((run): run is KnownRun => run.accuracy !== null).sort(byAccuracy);
  const groups = groupMeasured(known, options.level ?? DEFAULT_LEVEL);
  addPublished(groups, known);
  groups.sort((a, b) => byAccuracy(a.head, b.head));

  const positions = positionsByAccuracy(known);
  const ranked = groups.flatMap(({ head, members }, index) =>
    [...members].sort(byTokens).map(({ runId }) => ({
      runId,
      rank: 1 + (positions.get(head.runId) ?? 0),
      tieGroup: index + 1,
      isTied: members.length > 1,
    })),
  );
  const unknown = runs.filter((run) => run.accuracy === null).sort(byTokens);
  return [
    ...ranked,
    ...unknown.map(({ runId }) => ({ runId, rank: null, tieGroup: null, isTied: false })),
  ];
}

function groupMeasured(known: readonly KnownRun[], level: number): Group[] {
  const isSeparated = createSeparationTest(level);
  const groups: Group[] = [];
  for (const run of known) {
    if (run.itemMeans === null) continue;
    const open = groups.at(-1);
    if (open !== undefined && isTiedWith(open.head, run, isSeparated)) open.members.push(run);
    else groups.push({ head: run, members: [run] });
  }
  return groups;
}

function isTiedWith(head: KnownRun, run: KnownRun, isSeparated: SeparationTest): boolean {
  if (!isMoreAccurate(head, run)) return true;
  if (head.itemMeans === null || run.itemMeans === null) return false;
  return (
    head.itemMeans.length === run.itemMeans.length && !isSeparated(head.itemMeans, run.itemMeans)
  );
}

/** How many runs are more accurate, by run; `known` is sorted, so runs of equal accuracy stand together. */
function positionsByAccuracy(known: readonly KnownRun[]): Map<string, number> {
  const positions = new Map<string, number>();
  let first = 0;
  known.forEach((run, position) => {
    if (isMoreAccurate(known[first], run)) first = position;
    positions.set(run.runId, first);
  });
  return positions;
}

function addPublished(groups: Group[], known: readonly KnownRun[]): void {
  const groupOf = new Map(
    groups.flatMap((group) => group.members.map((run) => [run.runId, group])),
  );
  let equal: KnownRun[] = [];
  for (const [position, run] of known.entries()) {
    equal.push(run);
    const next = known[position + 1];
    if (next !== undefined && !isMoreAccurate(equal[0], next)) continue;
    const published = equal.filter(({ itemMeans }) => itemMeans === null);
    const measured = equal.find(({ itemMeans }) => itemMeans !== null);
    const group = measured === undefined ? undefined : groupOf.get(measured.runId);
    if (group !== undefined) group.members.push(...published);
    else if (published[0] !== undefined) groups.push({ head: published[0], members: published });
    equal = [];
  }
}

function isMoreAccurate(run: KnownRun | undefined, other: KnownRun): boolean {
  return run !== undefined && run.accuracy - other.accuracy > SAME_ACCURACY;
}

type ItemMeans = Float64Array | Float32Array;
type SeparationTest = (a: ItemMeans, b: ItemMeans) => boolean;

/** A paired t test over items (Miller 2024, section 4). The quantile is kept, since most pairs have the same items. */
function createSeparationTest(level: number): SeparationTest {
  const quantiles = new Map<number, number>();
  return (a, b) => {
    const count = a.length;
    if (count < 2) return false;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < count; i += 1) {
      const difference = (a[i] ?? 0) - (b[i] ?? 0);
      sum += difference;
      squares += difference * difference;
    }
    const variance = (squares - (sum * sum) / count) / (count - 1);
    // Equal differences leave t no spread to work with: the exact sign test decides instead.
    if (variance <= 1e-12) return sum !== 0 && 2 ** (1 - count) <= 1 - level;
    const t = quantiles.get(count) ?? studentTQuantile(0.5 + level / 2, count - 1);
    quantiles.set(count, t);
    return Math.abs(sum / count) > t * Math.sqrt(variance / count);
  };
}

function byAccuracy(a: KnownRun, b: KnownRun): number {
  return b.accuracy - a.accuracy || byTokens(a, b);
}

function byTokens(a: RankInput, b: RankInput): number {
  const tokens = (a.tokens ?? Infinity) - (b.tokens ?? Infinity);
  // Two unknown lengths subtract to NaN, which is falsy like a tie.
  return tokens || (b.accuracy ?? 0) - (a.accuracy ?? 0) || (a.runId < b.runId ? -1 : 1);
}
