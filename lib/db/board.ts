import { createHash } from 'node:crypto';
import type { BoardFigures } from '#lib/leaderboard/board-row.ts';
import {
  toBoardView,
  toLengthColumn,
  type BoardSubject,
  type StoredBoardRow,
} from '#lib/leaderboard/board-view.ts';
import { sensitivityBand } from '#lib/leaderboard/grading-plan.ts';
import { decodeRunState } from '#lib/leaderboard/run-encoding.ts';
import { runProgress } from '#lib/leaderboard/run-progress.ts';
import { toSlicedRun, toUnslicedFigures } from '#lib/leaderboard/slice-figures.ts';
import { policyKey } from '#lib/leaderboard/policy-key.ts';
import type { Board, BoardQuery } from '#lib/schemas/board.ts';
import { findReadableBenchmark, listBenchmarks, type ReadableBenchmark } from './benchmarks.ts';
import type { Db } from './client.ts';
import { findSlicePositions, listItemGroups } from './item-groups.ts';
import { RUN_IS_VISIBLE, type Viewer, viewerParams } from './visibility.ts';

/** A board with the version of the data it was made from: equal versions are equal boards. */
export interface VersionedBoard {
  board: Board;
  version: string;
}

/** The verdicts that count on a benchmark's board, and figures that were published. */
const ON_BOARD = `r.benchmark_id = $3 and r.state <> 'withdrawn' and ${RUN_IS_VISIBLE}
  and ((s.verifier = $4 and s.version = $5 and s.policy = $6) or s.verifier = 'reported')`;

function boardParams(benchmark: ReadableBenchmark, viewer: Viewer): unknown[] {
  const { id, verifier, verifierVersion, policy } = benchmark;
  return [...viewerParams(viewer), id, verifier, verifierVersion, policyKey(policy)];
}

/** The benchmark asked for with its rows; null when there is none for this reader. */
export async function readBoard(
  db: Db,
  query: BoardQuery,
  viewer: Viewer,
): Promise<VersionedBoard | null> {
  const benchmarks = await findBenchmarks(db, query, viewer);
  if (benchmarks === null) return null;
  const stamps = await Promise.all(benchmarks.map((one) => readStamps(db, one, viewer)));
  const version = digest([stamps.map((one) => [...one]), benchmarks, query]);
  const cached = boards.get(version);
  if (cached !== undefined) return { board: cached, version };

  const parts = await Promise.all(
    benchmarks.map(async (one, index) => {
      const positions =
        query.slice.length === 0 ? null : await findSlicePositions(db, one.id, query.slice);
      const known = { viewer, stamps: stamps[index] ?? new Map<string, string>() };
      const rows = await readRows(db, one, { ...known, slice: query.slice, positions });
      return { id: one.id, rows, items: positions?.length ?? 0 };
    }),
  );
  const [only] = benchmarks;
  const board = toBoardView(
    {
      benchmark: toSubject(benchmarks),
      rowsByBenchmark: new Map(parts.map(({ id, rows }) => [id, rows])),
      groups: only === undefined || benchmarks.length > 1 ? [] : await listItemGroups(db, only),
      sliceItems: parts.reduce((sum, one) => sum + one.items, 0),
      tokenizer: benchmarks[0]?.tokenizer ?? null,
    },
    query,
  );
  remember(boards, version, board);
  return { board, version };
}

/** Null when a benchmark asked for is not there; empty never: a board without benchmarks is null too. */
async function findBenchmarks(
  db: Db,
  query: BoardQuery,
  viewer: Viewer,
): Promise<ReadableBenchmark[] | null> {
  const { benchmark, split = null } = query;
  if (benchmark === undefined) {
    const [first] = (await listBenchmarks(db, viewer)).filter(
      (one) => one.visibility === 'public' && (split === null || one.split === split),
    );
    return first === undefined ? null : [first];
  }
  const references = benchmark.startsWith('mean:')
    ? [...new Set(benchmark.slice('mean:'.length).split(','))].slice(0, 50)
    : [benchmark];
  const found = await Promise.all(
    references.map((reference) =>
      findReadableBenchmark(
        db,
        { benchmark: reference, split: references.length > 1 ? null : split },
        viewer,
      ),
    ),
  );
  const present = found.filter((one) => one !== null);
  return present.length === references.length ? present : null;
}

function toSubject(benchmarks: readonly ReadableBenchmark[]): BoardSubject['benchmark'] {
  const [first] = benchmarks;
  const benchmarkIds = benchmarks.map(({ id }) => id);
  if (first === undefined || benchmarks.length > 1) {
    const names = [...new Set(benchmarks.map(({ name }) => name))].join(', ');
    return {
      id: `mean:${benchmarkIds.join(',')}`,
      name: 'mean',
      version: null,
      split: null,
      title: `Mean of ${benchmarks.length}: ${names}`,
      description: `Equal weight for ${names}; only what ran on all of them.`,
      itemCount: null,
      verifier: null,
      benchmarkIds,
    };
  }
  const { id, name, version, split, title, description, itemCount } = first;
  const verifier = `${first.verifier}@${first.verifierVersion}`;
  return { id, name, version, split, title, description, itemCount, verifier, benchmarkIds };
}

/** By run, what changes with every row that the board would show differently; reads no attempt. */
async function readStamps(
  db: Db,
  benchmark: ReadableBenchmark,
  viewer: Viewer,
): Promise<Map<string, string>> {
  // One text for all runs: a thousand rows of an answer cost more than finding them.
  const { rows } = await db.pool.query<{ stamps: string | null }>(
    `select string_agg(r.id || ' ' || hash_record_extended(row(s.tokenizer, s.verifier, s.rank, s.tie_group, s.updated_at,
         r.state, r.visibility, r.trust_level, r.label, r.family, r.is_family_base, g.graded_at), 0), ' '
         order by r.id, s.verifier, s.tokenizer, g.version) as stamps
       from run r join benchmark b on b.id = r.benchmark_id join run_summary s on s.run_id = r.id
         left join grading g on g.run_id = r.id and g.role = 'strictest'
       where ${ON_BOARD}`,
    boardParams(benchmark, viewer),
  );
  const words = rows[0]?.stamps?.split(' ') ?? [];
  const stamps = new Map<string, string>();
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [runId = '', stamp = ''] = [words[at], words[at + 1]];
    const others = stamps.get(runId);
    stamps.set(runId, others === undefined ? stamp : `${others} ${stamp}`);
  }
  return stamps;
}

interface BoardRecord {
  run_id: string;
  label: string;
  model: string;
  is_program: boolean;
  method: string | null;
  family: string | null;
  is_family_base: boolean;
  params: Record<string, string | number | boolean>;
  trust: StoredBoardRow['trust'];
  trace_visibility: StoredBoardRow['traceVisibility'];
  state: StoredBoardRow['state'];
  token_source: string;
  citation: { arxiv?: string; note?: string } | null;
  verifier: string;
  version: number;
  column: string;
  figures: BoardFigures & { expectedAttempts?: number | null };
  batches_done: number;
  batches: number;
  rank: number | null;
  tie_group: number | null;
  /** Null for a published figure, and where nobody asked for a part of the items. */
  summary: Buffer | null;
  samples: number;
  attempts: number;
  expected: number;
  strictest: number | null;
  lenient: number | null;
  graded: number | null;
}

/** Every summary that knows lengths, or one without, of these visible runs of the benchmark: its cost grows with runs, never with attempts. */
async function listBoardRows(
  db: Db,
  benchmark: ReadableBenchmark,
  {
    viewer,
    runIds,
    positions,
  }: { viewer: Viewer; runIds: readonly string[]; positions: Uint32Array | null },
): Promise<StoredBoardRow[]> {
  const { rows } = await db.pool.query<BoardRecord>(
    `select r.id as run_id, r.label, m.name as model, m.is_program, h.name as method, r.family,
            r.is_family_base, r.params, r.trust_level as trust, r.trace_visibility, r.state,
            r.token_source, r.citation, s.verifier, s.version, s.tokenizer as column, s.figures,
            s.batches_done, s.batches, s.rank, s.tie_group, r.samples_per_item as samples, r.attempts,
            b.item_count * r.samples_per_item as expected,
            case when $8 then s.state end as summary, g.strictest, g.lenient, g.graded
     from run r join benchmark b on b.id = r.benchmark_id join model m on m.id = r.model_id
       left join method h on h.id = r.method_id join run_summary s on s.run_id = r.id
       left join lateral (
         select (array_agg(accepted order by version desc) filter (where role = 'strictest'))[1] as strictest,
                (array_agg(accepted order by version desc) filter (where role = 'lenient'))[1] as lenient,
                max(attempts) filter (where role = 'strictest') as graded
         from grading where run_id = r.id) g on true
     where ${ON_BOARD} and r.id = any($7::uuid[]) and (s.figures->>'tokensMean' is not null or not exists (
       select from run_summary o where o.run_id = s.run_id and o.verifier = s.verifier and o.version = s.version
         and o.policy = s.policy and o.figures->>'tokensMean' is not null))
     order by r.id, s.tokenizer`,
    [...boardParams(benchmark, viewer), runIds, positions !== null],
  );
  return rows.map((row) => toStoredRow(row, benchmark.id, positions));
}

/** Figures of all items are stored as they are; those of a part follow from what the summary keeps by item. */
function figuresOf(row: BoardRecord, positions: Uint32Array | null) {
  if (positions === null) return { figures: row.figures, itemMeans: null };
  if (row.summary === null) return { figures: toUnslicedFigures(), itemMeans: null };
  return toSlicedRun(decodeRunState(row.summary), positions, row.samples);
}

function toStoredRow(
  row: BoardRecord,
  benchmarkId: string,
  positions: Uint32Array | null,
): StoredBoardRow {
  const { figures, itemMeans } = figuresOf(row, positions);
  const hasLengths = figures.tokensMean !== null;
  const isPublished = row.verifier === 'reported';
  // Gradings are of all attempts of a run.
  const isWhole = !isPublished && positions === null;
  return {
    runId: row.run_id,
    benchmarkId,
    label: row.label,
    model: row.model,
    method: row.method,
    family: row.family,
    params: row.params,
    trust: row.trust,
    traceVisibility: row.trace_visibility,
    state: row.state,
    lengthColumn: hasLengths ? toLengthColumn(row.column) : null,
    figures,
    sensitivity: isWhole
      ? sensitivityBand({ ...row, attempts: row.graded }, row.figures.expectedAttempts ?? null)
      : null,
    itemMeans,
    tokenSource: row.token_source,
    column: row.column,
    isProgram: row.is_program,
    isFamilyBase: row.is_family_base,
    verifier: isPublished ? null : `${row.verifier}@${row.version}`,
    tokensBy: hasLengths ? describeCounter(row.column, row.token_source) : null,
    citation:
      row.citation === null
        ? null
        : { arxiv: row.citation.arxiv ?? null, note: row.citation.note ?? null },
    progress: runProgress({ ...row, batchesDone: row.batches_done }),
    storedRank: row.rank,
    storedTieGroup: row.tie_group,
  };
}

function describeCounter(column: string, source: string): string {
  if (column !== 'reported') return column;
  return source === 'unknown' ? 'source' : source;
}

/** Small and in-process: every process finds out by the version query alone that its copy is old. */
const LIMIT = 64;
const boards = new Map<string, Board>();
const rowsByReader = new Map<string, ReadonlyMap<string, RunRows>>();

interface RunRows {
  stamp: string;
  rows: readonly StoredBoardRow[];
}

/**
 * Filters change more often than rows, and of a thousand runs one changes at a time: only the runs whose stamp is new are
 * read again. A run that changes between the two queries is kept under its old stamp, so that the next reader reads it anew.
 */
async function readRows(
  db: Db,
  benchmark: ReadableBenchmark,
  {
    viewer,
    stamps,
    slice,
    positions,
  }: {
    viewer: Viewer;
    stamps: ReadonlyMap<string, string>;
    slice: readonly string[];
    /** Of the items of the slice; null for all. */
    positions: Uint32Array | null;
  },
): Promise<StoredBoardRow[]> {
  const key = digest([benchmark, viewerParams(viewer), slice]);
  const known = rowsByReader.get(key);
  const runIds = [...stamps.keys()].filter((id) => known?.get(id)?.stamp !== stamps.get(id));
  const fresh =
    runIds.length === 0 ? [] : await listBoardRows(db, benchmark, { viewer, runIds, positions });
  const freshByRun = Map.groupBy(fresh, (row) => row.runId);
  const byRun = new Map<string, RunRows>();
  for (const [id, stamp] of stamps) {
    const kept = known?.get(id);
    const rows = kept?.stamp === stamp ? kept.rows : (freshByRun.get(id) ?? []);
    byRun.set(id, { stamp, rows });
  }
  rowsByReader.delete(key);
  remember(rowsByReader, key, byRun);
  return [...byRun.values()].flatMap(({ rows }) => rows);
}

function remember<Value>(cache: Map<string, Value>, key: string, value: Value): void {
  cache.set(key, value);
  const oldest = cache.keys().next().value;
  if (cache.size > LIMIT && oldest !== undefined) cache.delete(oldest);
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 27);
}
