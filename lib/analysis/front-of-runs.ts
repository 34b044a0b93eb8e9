import { listDominators, paretoFront } from '#lib/leaderboard/front.ts';
import { hypervolume, type FrontReference } from '#lib/leaderboard/hypervolume.ts';
import { DEFAULT_DRAWS } from '#lib/stats/bootstrap.ts';
import { frontProbabilities } from '#lib/stats/front-replicates.ts';
import type { ComparableRun } from './item-columns.ts';
import { sharedReplicates } from './shared-replicates.ts';

export interface FrontEntry {
  id: string;
  label: string;
  accuracy: number;
  /** Mean over items that have a length; null when the run has none in this column. */
  tokens: number | null;
  isOnFront: boolean;
  /** Share of the shared item resamples in which the run is on the front; null when it took no part. */
  probability: number | null;
  dominatedBy: readonly string[];
}

export interface FrontReport {
  lengthColumn: string | null;
  entries: readonly FrontEntry[];
  /** In accuracy × tokens, and accuracy × natural log of tokens, with accuracy as a fraction. */
  hypervolume: { reference: FrontReference; linear: number | null; log: number | null } | null;
  /** Why there are no probabilities; null beside them. */
  reason: string | null;
  seed: string;
  draws: number;
}

/** The front over runs whose lengths one counter made; runs with another counter are listed and stay out. */
export function frontOfRuns(
  runs: readonly ComparableRun[],
  options: { seed?: string; draws?: number } = {},
): FrontReport {
  const { seed = 'laconic' } = options;
  const draws =
    options.draws ?? drawsFor(Math.max(0, ...runs.map((run) => run.columns.keys.length)));
  const column = commonColumn(runs);
  const means = runs.map((run) => ({ run, ...meansOf(run, column) }));
  const inside = means.filter((one) => one.tokens !== null);
  const points = inside.map(({ run, accuracy, tokens }) => ({
    runId: run.id,
    accuracy,
    tokens: tokens ?? 0,
  }));
  const front = paretoFront(points);
  const probabilities = probabilitiesOf(
    inside.map(({ run }) => run),
    { seed, draws },
  );
  const labels = new Map(runs.map(({ id, label }) => [id, label]));
  return {
    lengthColumn: column,
    entries: means.map(({ run, accuracy, tokens }) => {
      const point = points.find(({ runId }) => runId === run.id);
      const at = inside.findIndex((one) => one.run === run);
      return {
        id: run.id,
        label: run.label,
        accuracy,
        tokens,
        isOnFront: front.some(({ runId }) => runId === run.id),
        probability:
          typeof probabilities === 'string' || at === -1 ? null : (probabilities[at] ?? null),
        dominatedBy:
          point === undefined
            ? []
            : listDominators(point, front).map(({ runId }) => labels.get(runId) ?? runId),
      };
    }),
    hypervolume: points.length === 0 ? null : volumeOf(points),
    reason: typeof probabilities === 'string' ? probabilities : null,
    seed,
    draws,
  };
}

/** A probability needs fewer resamples than the ends of an interval; the report says how many there were. */
function drawsFor(items: number): number {
  return items > 2_000 ? 1_000 : DEFAULT_DRAWS;
}

/** What most runs have; of equals the first. */
function commonColumn(runs: readonly ComparableRun[]): string | null {
  const counts = new Map<string, number>();
  for (const { lengthColumn } of runs) {
    if (lengthColumn !== null) counts.set(lengthColumn, (counts.get(lengthColumn) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function meansOf(
  { columns, lengthColumn }: ComparableRun,
  column: string | null,
): { accuracy: number; tokens: number | null } {
  const count = columns.accuracy.length;
  const accuracy = count === 0 ? 0 : sum(columns.accuracy) / count;
  const lengths = columns.tokens.filter((mean) => !Number.isNaN(mean));
  const isMeasured = lengthColumn !== null && lengthColumn === column && lengths.length > 0;
  return { accuracy, tokens: isMeasured ? sum(lengths) / lengths.length : null };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The corner is the longest run at no accuracy: of these runs only, so it is told with the value. */
function volumeOf(
  points: readonly { runId: string; accuracy: number; tokens: number }[],
): NonNullable<FrontReport['hypervolume']> {
  const reference = { tokens: Math.max(...points.map(({ tokens }) => tokens)), accuracy: 0 };
  return {
    reference,
    linear: hypervolume(points, reference),
    log: hypervolume(points, reference, 'log'),
  };
}

/** In the order of the runs, or why there are none. */
function probabilitiesOf(
  runs: readonly ComparableRun[],
  options: { seed: string; draws: number },
): number[] | string {
  const replicates = sharedReplicates(
    runs.map(({ id, columns }) => ({ id, parts: [columns] })),
    options,
  );
  return typeof replicates === 'string' ? replicates : frontProbabilities(replicates);
}
