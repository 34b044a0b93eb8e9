import { AppError } from '#lib/errors.ts';
import { verdictSetName, type VerdictDiff } from '#lib/schemas/rescore.ts';
import { findReadableBenchmark } from './benchmarks.ts';
import type { Db } from './client.ts';
import { listVerdictSets, readVerdictDiff } from './rescoring.ts';
import { RUN_IS_VISIBLE, viewerParams, type Viewer } from './visibility.ts';

/**
 * What changes between two sets of verdicts of a benchmark; without names, between the pinned set and the newest other
 * one. Null when the benchmark is not there for this reader; throws `not_found` for a set that no run has.
 */
export async function findVerdictDiff(
  db: Db,
  query: { id: string; from?: string | undefined; to?: string | undefined; limit: number },
  viewer: Viewer,
): Promise<VerdictDiff | null> {
  const benchmark = await findReadableBenchmark(db, { benchmark: query.id, split: null }, viewer);
  if (benchmark === null) return null;
  const sets = await listVerdictSets(db, benchmark.id);
  const byName = new Map(sets.map((set) => [verdictSetName(set), set]));
  const find = (name: string | undefined) => {
    if (name === undefined) return undefined;
    const set = byName.get(name);
    if (set !== undefined) return set;
    throw new AppError(
      'not_found',
      `No run of this benchmark has verdicts of "${name}". There are: ${[...byName.keys()].join(', ') || 'none'}.`,
    );
  };
  const from = find(query.from) ?? sets[0];
  const to =
    find(query.to) ??
    sets.find((set) => set !== from && set.verifier === from?.verifier) ??
    sets.find((set) => set !== from);
  const { id, name, version, title } = benchmark;
  const head = { benchmark: { id, name, version, title }, sets };
  if (from === undefined || to === undefined) {
    return {
      ...head,
      from: from === undefined ? null : verdictSetName(from),
      to: null,
      compared: 0,
      classes: [],
      runs: [],
      flips: [],
    };
  }
  const { rows } = await db.pool.query<{ id: string }>(
    `select r.id from run r join benchmark b on b.id = r.benchmark_id
     where b.id = $3 and r.state <> 'withdrawn' and ${RUN_IS_VISIBLE}`,
    [...viewerParams(viewer), id],
  );
  const diff = await readVerdictDiff(db, {
    benchmarkId: id,
    runFilter: rows.map((row) => row.id),
    from,
    to,
    limit: query.limit,
  });
  const shown = benchmark.hasHiddenGold ? withoutReasons(diff) : diff;
  return { ...head, ...shown, from: verdictSetName(from), to: verdictSetName(to) };
}

/** Reasons quote reference answers, and a flip beside its answer tells one. */
function withoutReasons<Diff extends Pick<VerdictDiff, 'classes' | 'flips'>>(diff: Diff): Diff {
  const counts = new Map<string, VerdictDiff['classes'][number]>();
  for (const { before, after, count } of diff.classes) {
    const key = `${before} ${after}`;
    const sum = (counts.get(key)?.count ?? 0) + count;
    counts.set(key, { before, after, reason: null, count: sum });
  }
  return { ...diff, flips: [], classes: [...counts.values()] };
}
