import { z } from 'zod';
import { needsModel } from '#lib/audit/judge-prompt.ts';
import { AppError } from '#lib/errors.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';
import type { Db } from './client.ts';
import type { VerdictKey } from './scoring.ts';

const KIND = 'model-verdict';

/** An attempt that the rule did not accept although it found an answer, with what a model is to be asked. */
export interface RefusedAttempt {
  itemKey: string;
  sampleIndex: number;
  outcome: Outcome;
  extracted: string;
  gold: string;
  question: string | null;
  choices: string[] | null;
}

/** A judge and its prompt, as the source of its verdicts: `model-judge:NAME@1`. */
export type VerdictSource = `model-judge:${string}@${string}`;

/** Under which verifiers, versions and policies the run is scored. Throws `not_found` when it is not. */
export async function listVerdictKeys(db: Db, runId: string): Promise<VerdictKey[]> {
  const { rows } = await db.pool.query<Omit<VerdictKey, 'runId'>>(
    `select distinct verifier, version, policy from run_summary where run_id = $1
     order by verifier, version, policy`,
    [runId],
  );
  if (rows.length === 0) {
    throw new AppError('not_found', `There is no run ${runId} with scores of ours.`);
  }
  return rows.map((row) => ({ runId, ...row }));
}

/** Refused attempts after the given one that this judge has not seen yet, in the order of their key. */
export async function listRefused(
  db: Db,
  key: VerdictKey,
  page: {
    source: VerdictSource;
    after: { itemKey: string; sampleIndex: number } | null;
    limit: number;
  },
): Promise<RefusedAttempt[]> {
  const { rows } = await db.pool.query<RefusedAttempt>(
    `select s.item_key as "itemKey", s.sample_index as "sampleIndex", s.outcome, s.extracted,
            g.answer as gold, i.prompt as question, i.choices
     from score s
     join run r on r.id = s.run_id
     join item i on i.benchmark_id = r.benchmark_id and i.key = s.item_key
     join gold g on g.benchmark_id = r.benchmark_id and g.item_key = s.item_key
     left join label l on l.run_id = s.run_id and l.item_key = s.item_key
       and l.sample_index = s.sample_index and l.kind = '${KIND}' and l.source = $5
     where s.run_id = $1 and s.verifier = $2 and s.version = $3 and s.policy = $4
       and s.outcome <> 'correct' and s.extracted is not null and l.run_id is null
       and (s.item_key, s.sample_index) > ($6, $7)
     order by s.item_key, s.sample_index limit $8`,
    [
      key.runId,
      key.verifier,
      key.version,
      key.policy,
      page.source,
      page.after?.itemKey ?? '',
      page.after?.sampleIndex ?? -1,
      page.limit,
    ],
  );
  return rows;
}

/** Beside the scores, never among them; returns how many are new. Safe to run twice: the first verdict of a judge stays. */
export async function saveModelVerdicts(
  db: Db,
  source: VerdictSource,
  rows: readonly { runId: string; itemKey: string; sampleIndex: number; outcome: Outcome }[],
): Promise<number> {
  const { rowCount } = await db.pool.query(
    `insert into label (run_id, item_key, sample_index, kind, source, value)
     select run_id, item_key, sample_index, '${KIND}', $5, to_jsonb(outcome)
     from unnest($1::uuid[], $2::text[], $3::int[], $4::text[]) as row (run_id, item_key, sample_index, outcome)
     on conflict do nothing`,
    [
      rows.map(({ runId }) => runId),
      rows.map(({ itemKey }) => itemKey),
      rows.map(({ sampleIndex }) => sampleIndex),
      rows.map(({ outcome }) => outcome),
      source,
    ],
  );
  return rowCount ?? 0;
}

const HybridCounts = z.object({
  scored: z.int(),
  rule: z.int(),
  asked: z.int(),
  added: z.int(),
  undecided: z.int(),
});
/** Keys of attempts that the run does not have. */
export async function listUnknownAttempts(
  db: Db,
  runId: string,
  keys: readonly { itemKey: string; sampleIndex: number }[],
): Promise<{ itemKey: string; sampleIndex: number }[]> {
  const { rows } = await db.pool.query<{ itemKey: string; sampleIndex: number }>(
    `select key.item_key as "itemKey", key.sample_index as "sampleIndex"
     from unnest($2::text[], $3::int[]) as key (item_key, sample_index)
     where not exists (select from attempt a
       where a.run_id = $1 and a.item_key = key.item_key and a.sample_index = key.sample_index)`,
    [runId, keys.map(({ itemKey }) => itemKey), keys.map(({ sampleIndex }) => sampleIndex)],
  );
  return rows;
}

/** Accepted by the rule, and what the model added to it among the attempts it was asked about. */
export type HybridCounts = z.infer<typeof HybridCounts>;

/** The hybrid of a stored run: computed from the two verdicts when it is read. */
export async function countHybrid(
  db: Db,
  key: VerdictKey,
  source: VerdictSource,
): Promise<HybridCounts> {
  const { rows: accepted } = await db.pool.query<{
    status: Outcome;
    extracted: string | null;
    gold: string;
  }>(
    `select s.outcome as status, s.extracted, g.answer as gold
     from score s
     join run r on r.id = s.run_id
     join gold g on g.benchmark_id = r.benchmark_id and g.item_key = s.item_key
     join label l on l.run_id = s.run_id and l.item_key = s.item_key
       and l.sample_index = s.sample_index and l.kind = '${KIND}' and l.source = $5
     where s.run_id = $1 and s.verifier = $2 and s.version = $3 and s.policy = $4
       and s.outcome <> 'correct' and l.value = '"correct"'`,
    [key.runId, key.verifier, key.version, key.policy, source],
  );
  // An imported verdict may stand on an attempt that the hybrid would not have asked about.
  const added = accepted.filter((one) => needsModel(one, one.gold)).length;
  const { rows } = await db.pool.query<Omit<HybridCounts, 'added'>>(
    `select count(*)::int as scored,
            (count(*) filter (where s.outcome = 'correct'))::int as rule,
            count(l.run_id)::int as asked,
            (count(*) filter (where l.value = '"unverifiable"'))::int as undecided
     from score s
     left join label l on l.run_id = s.run_id and l.item_key = s.item_key
       and l.sample_index = s.sample_index and l.kind = '${KIND}' and l.source = $5
     where s.run_id = $1 and s.verifier = $2 and s.version = $3 and s.policy = $4`,
    [key.runId, key.verifier, key.version, key.policy, source],
  );
  return HybridCounts.parse({ ...rows[0], added });
}
