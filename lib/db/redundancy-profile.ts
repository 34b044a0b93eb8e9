import { BANDS, LEAST_ATTEMPTS, type Band } from '#lib/redundancy/profile/difficulty-bands.ts';
import { toProfile, type Known, type ProfileSums } from '#lib/redundancy/profile/to-profile.ts';
import type { RunRedundancy } from '#lib/schemas/redundancy.ts';
import type { Db } from './client.ts';
import { listItemBands } from './item-success.ts';
import type { SampleScope } from './samples.ts';

/** The profile of a run from what was stored when it was scored; no text is read. */
export async function readRedundancyProfile(db: Db, scope: SampleScope): Promise<RunRedundancy> {
  const bands = await listItemBands(db, scope);
  const sums = await readSums(db, scope, bands);
  const count = (band: Band) => bands.filter((one) => one === band).length;
  const itemsOf = {
    all: bands.length,
    easy: count('easy'),
    medium: count('medium'),
    hard: count('hard'),
  };
  const measured = sums.reduce((sum, one) => sum + one.loops.count, 0);
  return {
    runId: scope.runId,
    tokenizer: scope.tokenizer,
    bandedBy: `share of right answers over the public runs on this benchmark: from 2/3 easy, from 1/3 medium, else hard; items of fewer than ${String(LEAST_ATTEMPTS)} attempts are in no band`,
    bandedItems: itemsOf.easy + itemsOf.medium + itemsOf.hard,
    measured,
    rows: measured === 0 ? [] : toProfile(sums, itemsOf),
  };
}

type SumRecord = { band: number | null; is_right: boolean; attempts: number } & Record<
  `${(typeof MEANS)[number]}_${'n' | 'sum'}`,
  number
> & { tokens_with_switches: number; searched: number; stated: number };

const MEANS = [
  'tokens',
  'repeated_step_share',
  'ngram_repetition',
  'restated_share',
  'compression',
  'loops',
  'switches',
  'after_tokens',
  'after_share',
  'again',
] as const;

/** A failed request is no thought: it counts nowhere. */
async function readSums(
  db: Db,
  scope: SampleScope,
  bands: readonly (Band | null)[],
): Promise<ProfileSums[]> {
  const means = MEANS.map(
    (name) => `count(${name})::int as ${name}_n, coalesce(sum(${name}), 0)::float8 as ${name}_sum`,
  ).join(', ');
  const { rows } = await db.pool.query<SumRecord>(
    `select band, is_right, count(*)::int as attempts, ${means},
            coalesce(sum(tokens) filter (where switches is not null), 0)::float8 as tokens_with_switches,
            count(searched)::int as searched, count(after_tokens)::int as stated
     from (
       select ($6::int[])[a.item_position + 1] as band, coalesce(s.outcome = 'correct', false) as is_right,
              c.output as tokens, t.repeated_step_share, t.ngram_repetition, t.restated_share, t.compression, t.loops,
              case when c.output is null then null else t.switches end as switches,
              s.answer_statements as searched, s.after_correct_tokens as after_tokens, s.correct_again as again,
              s.after_correct_tokens::float8 / nullif(c.output, 0) as after_share
       from attempt a
         join score s on s.run_id = $1 and s.item_key = a.item_key and s.sample_index = a.sample_index
           and s.verifier = $2 and s.version = $3 and s.policy = $4
         left join lateral (
           select * from trace t where t.run_id = $1 and t.item_key = a.item_key and t.sample_index = a.sample_index
           order by t.version desc limit 1) t on true
         left join lateral (
           select c.output from token_count c
           where c.run_id = $1 and c.item_key = a.item_key and c.sample_index = a.sample_index and c.tokenizer = $5
           order by c.version desc limit 1) c on true
       where a.run_id = $1 and a.error_code is null) as known
     group by band, is_right`,
    [
      scope.runId,
      scope.verifier,
      scope.version,
      scope.policy,
      scope.tokenizer ?? '',
      bands.map((band) => (band === null ? null : BANDS.indexOf(band))),
    ],
  );
  return rows.map(toSums);
}

function toSums(row: SumRecord): ProfileSums {
  const known = (name: (typeof MEANS)[number]): Known => ({
    count: row[`${name}_n`],
    sum: row[`${name}_sum`],
  });
  return {
    band: row.band === null ? null : (BANDS[row.band] ?? null),
    isRight: row.is_right,
    attempts: row.attempts,
    tokens: known('tokens'),
    repeatedStepShare: known('repeated_step_share'),
    ngramRepetition: known('ngram_repetition'),
    restatedShare: known('restated_share'),
    compression: known('compression'),
    loops: known('loops'),
    switches: known('switches'),
    tokensWithSwitches: row.tokens_with_switches,
    searched: row.searched,
    stated: row.stated,
    afterTokens: known('after_tokens'),
    afterShare: known('after_share'),
    again: known('again'),
  };
}
