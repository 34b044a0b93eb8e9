import {
  toRunSamples,
  type AnalysedAttempt,
  type AnalysedItem,
  type AnalysedRun,
} from '#lib/analysis/analysed-attempt.ts';
import { toBehaviourSignals } from '#lib/analysis/behaviour-signals.ts';
import { columnsOfState, pickColumns, type ComparableRun } from '#lib/analysis/item-columns.ts';
import { AppError } from '#lib/errors.ts';
import { policyKey } from '#lib/leaderboard/policy-key.ts';
import { decodeRunState } from '#lib/leaderboard/run-encoding.ts';
import type { RunSamples } from '#lib/metrics/run/run-samples.ts';
import { TRACE_VERSION } from '#lib/redundancy/trace/measure-trace.ts';
import { listBehaviourLabels, type ReadLabel } from './behaviour-labels.ts';
import type { Db } from './client.ts';
import { findSlicePositions } from './item-groups.ts';
import { COLUMN_ORDER } from './samples.ts';
import { attemptKey } from './scoring.ts';
import { RUN_IS_VISIBLE, viewerParams, type Viewer } from './visibility.ts';

/** A run that may be analysed: it is there for its reader, and its outputs were judged here. */
export interface AnalysableRun {
  id: string;
  label: string;
  model: string;
  family: string | null;
  benchmarkId: string;
  title: string;
  hasHiddenGold: boolean;
  traceVisibility: RunSamples['traceVisibility'];
  samplesPerItem: number;
  verifier: string;
  version: number;
  policy: string;
  /** `reported` or a tokenizer; null when nobody counted. */
  column: string | null;
  /** Changes with everything that an analysis would show differently. */
  stamp: string;
}

interface RunRecord extends Omit<AnalysableRun, 'policy' | 'column'> {
  policy: Record<string, unknown>;
  columns: string[] | null;
  trust: string;
}

/**
 * In the order of the ids. Throws `not_found` for one that is not there for this reader, `unprocessable` for a published figure
 * or a run that is still being judged.
 */
export async function getAnalysableRuns(
  db: Db,
  { ids, column }: { ids: readonly string[]; column?: string | undefined },
  viewer: Viewer,
): Promise<AnalysableRun[]> {
  const { rows } = await db.pool.query<RunRecord>(
    `select r.id, r.label, m.name as model, r.family, b.id as "benchmarkId", b.title,
            b.has_hidden_gold as "hasHiddenGold", r.trace_visibility as "traceVisibility",
            r.samples_per_item as "samplesPerItem", b.default_verifier as verifier,
            b.verifier_version as version, b.policy, r.trust_level as trust,
            (select array_agg(s.tokenizer order by ${COLUMN_ORDER})
               from run_summary s where s.run_id = r.id and s.figures->>'tokensMean' is not null) as columns,
            concat_ws('|', r.state, b.default_verifier, b.verifier_version, b.policy,
              (select max(s.updated_at) from run_summary s where s.run_id = r.id)) as stamp
     from run r join benchmark b on b.id = r.benchmark_id join model m on m.id = r.model_id
     where r.id = any($3) and ${RUN_IS_VISIBLE}`,
    [...viewerParams(viewer), ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (row === undefined) throw new AppError('not_found', `There is no run ${id}.`);
    if (row.trust === 'reported') {
      throw new AppError(
        'unprocessable',
        `${row.label} is a published figure: there are no outputs here to analyse item by item.`,
      );
    }
    const { columns, policy, trust: _, ...run } = row;
    return {
      ...run,
      policy: policyKey(policy),
      column: columns?.find((one) => one === column) ?? columns?.[0] ?? null,
    };
  });
}

/** One number an item from the stored summaries. Throws `unprocessable` while a run has none. */
export async function loadComparableRuns(
  db: Db,
  runs: readonly AnalysableRun[],
): Promise<ComparableRun[]> {
  const loaded = await loadFinishedRuns(db, runs);
  return runs.map((run, index) => {
    const found = loaded[index] ?? null;
    if (found === null) {
      throw new AppError(
        'unprocessable',
        `${run.label} is still being judged: it can be compared when it is done.`,
      );
    }
    return found;
  });
}

/**
 * The same in the order of the runs, with null for a run that has no finished summary. `slice` keeps the items with these
 * `label:value` pairs.
 */
export async function loadFinishedRuns(
  db: Db,
  runs: readonly AnalysableRun[],
  slice: readonly string[] = [],
): Promise<(ComparableRun | null)[]> {
  const keys = new Map<string, string[]>();
  const parts = new Map<string, Uint32Array>();
  for (const id of new Set(runs.map(({ benchmarkId }) => benchmarkId))) {
    const { rows } = await db.pool.query<{ keys: string[] | null }>(
      `select array_agg(key order by position) as keys from item where benchmark_id = $1`,
      [id],
    );
    keys.set(id, rows[0]?.keys ?? []);
    if (slice.length > 0) parts.set(id, await findSlicePositions(db, id, slice));
  }
  return Promise.all(
    runs.map(async (run): Promise<ComparableRun | null> => {
      const { rows } = await db.pool.query<{ state: Buffer | null }>(
        `select state from run_summary
         where run_id = $1 and verifier = $2 and version = $3 and policy = $4
           and batches_done = batches and ($5::text is null or tokenizer = $5)
         order by tokenizer limit 1`,
        [run.id, run.verifier, run.version, run.policy, run.column],
      );
      const state = rows[0]?.state ?? null;
      if (state === null) return null;
      const columns = columnsOfState(decodeRunState(state), {
        keys: keys.get(run.benchmarkId) ?? [],
        samplesPerItem: run.samplesPerItem,
      });
      const part = parts.get(run.benchmarkId);
      return {
        id: run.id,
        label: run.label,
        lengthColumn: run.column,
        columns: part === undefined ? columns : pickColumns(columns, part),
      };
    }),
  );
}

/** The run that is marked as the base of the family, on the same benchmark; null when there is none or it is this one. */
export async function findBaseRunId(db: Db, run: AnalysableRun): Promise<string | null> {
  return (await findBaseRunIds(db, [run.id])).get(run.id) ?? null;
}

/** The same for many runs, by run; those without one are not in it. */
export async function findBaseRunIds(
  db: Db,
  runIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.pool.query<{ run: string; base: string }>(
    `select distinct on (r.id) r.id as run, o.id as base from run o join run r on r.id = any($1::uuid[])
     where o.benchmark_id = r.benchmark_id and o.is_family_base and o.id <> r.id
       and o.state = 'done' and o.trust_level <> 'reported'
       and (o.family = r.family or (r.family is null and o.model_id = r.model_id))
       and o.visibility = 'public'
     order by r.id, o.created_at desc`,
    [runIds],
  );
  return new Map(rows.map(({ run, base }) => [run, base]));
}

interface AttemptRecord {
  item_key: string;
  sample_index: number;
  outcome: AnalysedAttempt['outcome'] | null;
  extracted: string | null;
  is_error: boolean;
  prompt_tokens: number | null;
  tokens: number | null;
  reasoning_tokens: number | null;
  answer_tokens: number | null;
  finish_reason: AnalysedAttempt['finishReason'];
  signals: Record<string, number> | null;
  is_searched: boolean;
  first_correct_tokens: number | null;
  has_trace: boolean;
  reflections: number | null;
  switches: number | null;
  loops: number | null;
  steps: number | null;
  repeated_step_share: number | null;
  ngram_repetition: number | null;
  loop_share: number | null;
}

/** Every judged attempt of a run with its measures. `classify` may give equal answers one class. */
export async function loadAnalysedRun(
  db: Db,
  run: AnalysableRun,
  classify: (attempts: readonly AnalysedAttempt[]) => Promise<void> = () => Promise.resolve(),
): Promise<AnalysedRun> {
  const isReported = run.column === null || run.column === 'reported';
  const counts = isReported
    ? `a.output_tokens as tokens, a.reasoning_tokens, a.answer_tokens, false as is_searched, null::int as first_correct_tokens`
    : `c.output as tokens, c.reasoning as reasoning_tokens, c.answer as answer_tokens,
       s.answer_statements is not null and b.tokenizer = $5 as is_searched, s.first_correct_tokens`;
  const [labels, items, attempts] = await Promise.all([
    listBehaviourLabels(db, run.id),
    db.pool.query<AnalysedItem>(
      `select key, difficulty, groups from item where benchmark_id = $1 order by position`,
      [run.benchmarkId],
    ),
    db.pool.query<AttemptRecord>(
      `select a.item_key, a.sample_index, s.outcome, s.extracted, a.error_code is not null as is_error,
              a.prompt_tokens, ${counts}, a.finish_reason, a.signals, t.run_id is not null as has_trace,
              t.reflections, t.switches, t.loops, t.steps, t.repeated_step_share, t.ngram_repetition, t.loop_share
       from attempt a
       join benchmark b on b.id = $7
       left join score s on s.run_id = a.run_id and s.item_key = a.item_key and s.sample_index = a.sample_index
         and s.verifier = $2 and s.version = $3 and s.policy = $4
       left join (
         select distinct on (item_key, sample_index) * from token_count
         where run_id = $1 and tokenizer = $5 order by item_key, sample_index, version desc) c
         on c.item_key = a.item_key and c.sample_index = a.sample_index
       left join trace t on t.run_id = a.run_id and t.item_key = a.item_key
         and t.sample_index = a.sample_index and t.version = $6
       where a.run_id = $1 order by a.position`,
      [
        run.id,
        run.verifier,
        run.version,
        run.policy,
        run.column ?? 'reported',
        TRACE_VERSION,
        run.benchmarkId,
      ],
    ),
  ]);
  const behaviours = signalsByAttempt(labels);
  const judged = attempts.rows.flatMap(toAttempt).map((attempt) => {
    const labelled = behaviours.get(attemptKey(attempt.itemKey, attempt.sampleIndex));
    return labelled === undefined ? attempt : { ...attempt, behaviours: labelled };
  });
  if (run.samplesPerItem > 1) await classify(judged);
  return {
    id: run.id,
    label: run.label,
    lengthColumn: run.column,
    verifier: `${run.verifier}@${String(run.version)}`,
    samples: toRunSamples(items.rows, judged, {
      samplesPerItem: run.samplesPerItem,
      traceVisibility: run.traceVisibility,
    }),
  };
}

function signalsByAttempt(labels: readonly ReadLabel[]): Map<string, Record<string, number>> {
  const found = new Map<string, Record<string, number>>();
  for (const label of labels) {
    const place = attemptKey(label.itemKey, label.sampleIndex);
    const signals = Object.fromEntries(toBehaviourSignals(label.source, label.counts));
    found.set(place, { ...found.get(place), ...signals });
  }
  return found;
}

/** What is not judged yet counts as missing. */
function toAttempt(row: AttemptRecord): AnalysedAttempt[] {
  const outcome = row.is_error ? 'error' : row.outcome;
  if (outcome === null) return [];
  return [
    {
      itemKey: row.item_key,
      sampleIndex: row.sample_index,
      outcome,
      extracted: row.extracted,
      promptTokens: row.prompt_tokens,
      tokens: row.tokens,
      reasoningTokens: row.reasoning_tokens,
      answerTokens: row.answer_tokens,
      finishReason: row.finish_reason,
      signals: row.signals ?? {},
      isSearched: row.is_searched,
      firstCorrectTokens: row.first_correct_tokens,
      answerClass: null,
      trace: row.has_trace
        ? {
            reflections: row.reflections ?? 0,
            switches: row.switches ?? 0,
            loops: row.loops ?? 0,
            steps: row.steps ?? 0,
            repeatedStepShare: row.repeated_step_share,
            ngramRepetition: row.ngram_repetition,
            loopShare: row.loop_share,
          }
        : null,
    },
  ];
}
