import type { LabSample } from '#lib/rewards/lab/evaluate-run.ts';
import type { Db } from './client.ts';
import { SAMPLE_SOURCE, type SampleScope } from './samples.ts';
import { RUN_IS_VISIBLE, type Viewer, viewerParams } from './visibility.ts';

/** More would take longer than a page may; a run of this size has told all it can. */
export const MOST_LAB_SAMPLES = 100_000;

interface LabRecord {
  itemKey: string;
  sampleIndex: number;
  outcome: string | null;
  tokens: number | null;
  isError: boolean;
  isCut: boolean;
  isLoop: boolean | null;
  firstCorrectTokens: number | null;
}

/** The samples of a run as rewards see them, by item. Those without a verdict, a length or an answer of the model are left out. */
export async function readRewardGroups(
  db: Db,
  scope: SampleScope,
): Promise<{ groups: LabSample[][]; leftOut: number }> {
  const { rows } = await db.pool.query<LabRecord>(
    `select a.item_key as "itemKey", a.sample_index as "sampleIndex", s.outcome::text, l.tokens,
            a.error_code is not null as "isError", a.finish_reason = 'length' as "isCut", t.loops > 0 as "isLoop",
            s.first_correct_tokens as "firstCorrectTokens"
     from ${SAMPLE_SOURCE}
       left join lateral (
         select t.loops from trace t
         where t.run_id = $1 and t.item_key = a.item_key and t.sample_index = a.sample_index
         order by t.version desc limit 1) t on true
     where a.run_id = $1
     order by a.item_position, a.sample_index limit ${String(MOST_LAB_SAMPLES)}`,
    [scope.runId, scope.verifier, scope.version, scope.policy, scope.column],
  );
  const groups = new Map<string, LabSample[]>();
  let leftOut = 0;
  for (const { itemKey, sampleIndex, outcome, tokens, ...row } of rows) {
    if (outcome === null || tokens === null || row.isError) {
      leftOut += 1;
      continue;
    }
    const group = groups.get(itemKey) ?? [];
    group.push({
      ...{ itemKey, sampleIndex, outcome, tokens },
      isCorrect: outcome === 'correct',
      hasAnswer: outcome !== 'unparsed',
      isCut: row.isCut,
      isLoop: row.isLoop ?? false,
      // Counted by the tokenizer of the benchmark: beside the counts of a source it would be no share.
      firstCorrectTokens: scope.column === scope.tokenizer ? row.firstCorrectTokens : null,
    });
    groups.set(itemKey, group);
  }
  return { groups: [...groups.values()], leftOut };
}

/** The newest runs with samples that this reader sees. */
export async function listLabRuns(
  db: Db,
  viewer: Viewer,
): Promise<{ id: string; label: string; benchmark: string }[]> {
  const { rows } = await db.pool.query<{ id: string; label: string; benchmark: string }>(
    `select r.id, r.label, b.title as benchmark from run r join benchmark b on b.id = r.benchmark_id
     where r.trust_level <> 'reported' and r.state = 'done' and ${RUN_IS_VISIBLE}
     order by r.created_at desc limit 300`,
    viewerParams(viewer),
  );
  return rows;
}
