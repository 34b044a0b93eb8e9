import { toLengthColumn } from '#lib/leaderboard/board-view.ts';
import { toItemMeans } from '#lib/leaderboard/item-means.ts';
import { describeLengthColumn } from '#lib/leaderboard/length-column.ts';
import { policyKey } from '#lib/leaderboard/policy-key.ts';
import { decodeRunState } from '#lib/leaderboard/run-encoding.ts';
import type { ItemScores, RunFindings } from '#lib/figures/sources.ts';
import { TRACE_VERSION } from '#lib/redundancy/trace/measure-trace.ts';
import { reflectionKeywords } from '#lib/redundancy/reflection-keywords.ts';
import { listBehaviourLabels } from './behaviour-labels.ts';
import type { Db } from './client.ts';
import { RUN_IS_VISIBLE, type Viewer, viewerParams } from './visibility.ts';

interface ScoredRun {
  label: string;
  model: string;
  benchmark: string;
  version: number;
  verifier: string;
  verifier_version: number;
  policy: Record<string, unknown>;
  expected: number;
  samples: number;
}

/** Points and lengths of a run by item. Null when it is not there for this reader, `empty` when nothing of it is scored. */
export async function findItemScores(
  db: Db,
  { runId, column }: { runId: string; column: string | undefined },
  viewer: Viewer,
): Promise<ItemScores | 'empty' | null> {
  const { rows } = await db.pool.query<ScoredRun>(
    `select r.label, m.name as model, b.name as benchmark, b.version, b.default_verifier as verifier,
            b.verifier_version, b.policy, b.item_count * r.samples_per_item as expected, r.samples_per_item as samples
     from run r join benchmark b on b.id = r.benchmark_id join model m on m.id = r.model_id
     where r.id = $3 and ${RUN_IS_VISIBLE}`,
    [...viewerParams(viewer), runId],
  );
  const [run] = rows;
  if (run === undefined) return null;
  const summary = await findState(db, { runId, column, run });
  if (summary === null) return 'empty';
  const state = decodeRunState(summary.state);
  return {
    runId,
    label: run.label,
    model: run.model,
    benchmarkId: `${run.benchmark}@${run.version}`,
    verifier: `${run.verifier}@${run.verifier_version}`,
    accuracy: [...toItemMeans(state, { expectedAttempts: run.expected })],
    tokens: Array.from(state.itemTokenCounts, (count, item) =>
      count === 0 ? null : (state.itemTokenSums[item] ?? 0) / count,
    ),
    lengthLabel: describeLengthColumn(toLengthColumn(summary.tokenizer)),
    samplesPerItem: run.samples,
  };
}

/** The column asked for, else as on the page of the run: counts of ours before those of the source. */
async function findState(
  db: Db,
  { runId, column, run }: { runId: string; column: string | undefined; run: ScoredRun },
): Promise<{ state: Buffer; tokenizer: string } | null> {
  const { rows } = await db.pool.query<{ state: Buffer; tokenizer: string }>(
    `select state, tokenizer from run_summary
     where run_id = $1 and verifier = $2 and version = $3 and policy = $4 and state is not null
     order by tokenizer is not distinct from $5 desc, figures->>'tokensMean' is null, tokenizer = 'reported',
       tokenizer <> (select b.tokenizer from run r join benchmark b on b.id = r.benchmark_id where r.id = $1), tokenizer
     limit 1`,
    [runId, run.verifier, run.verifier_version, policyKey(run.policy), column ?? null],
  );
  return rows[0] ?? null;
}

/** Distinct decoding settings of runs, those that are known. */
export async function listDecodings(
  db: Db,
  runIds: readonly string[],
  viewer: Viewer,
): Promise<Record<string, unknown>[]> {
  const { rows } = await db.pool.query<{ decoding: Record<string, unknown> }>(
    `select distinct r.decoding from run r join benchmark b on b.id = r.benchmark_id
     where r.id = any($3::uuid[]) and r.decoding <> '{}'::jsonb and ${RUN_IS_VISIBLE}
     order by r.decoding limit 20`,
    [...viewerParams(viewer), runIds],
  );
  return rows.map(({ decoding }) => decoding);
}

/** Reflection keywords of a run by word, from the stored traces. Null when the run is not there for this reader. */
export async function findKeywordCounts(
  db: Db,
  runId: string,
  viewer: Viewer,
): Promise<RunFindings | null> {
  if (!(await isVisible(db, runId, viewer))) return null;
  const { id, version, label } = reflectionKeywords;
  const { rows } = await db.pool.query<{ name: string; count: number }>(
    `select f.key as name, sum(f.value::int)::int as count
     from trace t, jsonb_each_text(t.found -> $2) f
     where t.run_id = $1 and t.version = $3
     group by f.key order by count desc, name`,
    [runId, id, TRACE_VERSION],
  );
  const { responses, tokens } = await countTraced(db, runId);
  return { findings: rows, responses, tokens, method: `${label}, ${id}@${version}` };
}

/** Responses with a trace, and their tokens where all of them have a count. */
async function countTraced(
  db: Db,
  runId: string,
): Promise<{ responses: number; tokens: number | null }> {
  const { rows } = await db.pool.query<{ responses: number; known: number; tokens: number }>(
    `with traced as (
       select item_key, sample_index from trace where run_id = $1 and version = $2
     ), counted as (
       select distinct on (item_key, sample_index) item_key, sample_index, output from token_count
       where run_id = $1 and tokenizer = (select coalesce(min(c.tokenizer) filter (where c.tokenizer = b.tokenizer), min(c.tokenizer))
         from token_count c join run r on r.id = c.run_id join benchmark b on b.id = r.benchmark_id where c.run_id = $1)
       order by item_key, sample_index, version desc
     )
     select count(*)::int as responses, count(c.output)::int as known, coalesce(sum(c.output), 0)::float8 as tokens
     from traced left join counted c using (item_key, sample_index)`,
    [runId, TRACE_VERSION],
  );
  const [row] = rows;
  if (row === undefined) return { responses: 0, tokens: null };
  return { responses: row.responses, tokens: row.known < row.responses ? null : row.tokens };
}

/**
 * Responses that show each behaviour, over those whose labels could be read (SimpleRL-Zoo's Reasoning Behavior Ratio). Null
 * when the run is not there for this reader.
 */
export async function findBehaviourCounts(
  db: Db,
  runId: string,
  viewer: Viewer,
): Promise<RunFindings | null> {
  if (!(await isVisible(db, runId, viewer))) return null;
  const labels = await listBehaviourLabels(db, runId);
  const counts = new Map<string, number>();
  for (const shown of labels.map(({ counts: own }) => Object.entries(own))) {
    for (const [name, count] of shown) {
      if (count > 0) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const sources = [...new Set(labels.map(({ source }) => source))].join(', ');
  return {
    findings: [...counts].map(([name, count]) => ({ name, count })),
    responses: labels.length,
    tokens: null,
    method: `labels by ${sources || 'nobody'}`,
  };
}

async function isVisible(db: Db, runId: string, viewer: Viewer): Promise<boolean> {
  const { rows } = await db.pool.query(
    `select from run r join benchmark b on b.id = r.benchmark_id where r.id = $3 and ${RUN_IS_VISIBLE}`,
    [...viewerParams(viewer), runId],
  );
  return rows.length > 0;
}
