import { policyKey } from '#lib/leaderboard/policy-key.ts';
import { AppError } from '#lib/errors.ts';
import type { SamplePage, SampleQuery, SampleRow, SampleSort } from '#lib/schemas/sample.ts';
import type { Db } from './client.ts';
import { RUN_IS_VISIBLE, type Viewer, viewerParams } from './visibility.ts';

/**
 * Counts of ours before those of the source, by the benchmark's own tokenizer first: a recount must not move what is shown.
 * Of summaries `s` and their benchmark `b`.
 */
export const COLUMN_ORDER = `s.tokenizer = 'reported', s.tokenizer <> b.tokenizer, s.tokenizer`;

/** What every question about the samples of a run needs to know of it. */
export interface SampleScope {
  runId: string;
  benchmarkId: string;
  hasHiddenGold: boolean;
  verifier: string;
  version: number;
  policy: string;
  /** Who counts; null where outputs hide or shorten their reasoning. */
  tokenizer: string | null;
  /** The length column when the reader names none; `reported` when nobody counted. */
  column: string;
}

/** Null when the run is not there for this reader. */
export async function findSampleScope(
  db: Db,
  runId: string,
  viewer: Viewer,
): Promise<SampleScope | null> {
  const { rows } = await db.pool.query<{
    benchmark_id: string;
    has_hidden_gold: boolean;
    default_verifier: string;
    verifier_version: number;
    policy: Record<string, unknown>;
    tokenizer: string | null;
    column: string | null;
  }>(
    `select b.id as benchmark_id, b.has_hidden_gold, b.default_verifier, b.verifier_version, b.policy,
            case when r.trace_visibility in ('hidden', 'summary') then null else b.tokenizer end as tokenizer,
            (select s.tokenizer from run_summary s
             where s.run_id = r.id and s.figures->>'tokensMean' is not null
             order by ${COLUMN_ORDER} limit 1) as column
     from run r join benchmark b on b.id = r.benchmark_id
     where r.id = $3 and ${RUN_IS_VISIBLE}`,
    [...viewerParams(viewer), runId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    runId,
    benchmarkId: row.benchmark_id,
    hasHiddenGold: row.has_hidden_gold,
    verifier: row.default_verifier,
    version: row.verifier_version,
    policy: policyKey(row.policy),
    tokenizer: row.tokenizer,
    column: row.column ?? 'reported',
  };
}

/** A failed request stays an error when it was judged, and it can be told before it is. */
export const OUTCOME = `case when a.error_code is not null then 'error' else coalesce(s.outcome::text, 'unscored') end`;

/**
 * The run is named as a parameter in every join, so that the planner leaves out all partitions but one.
 * $1 run, $2 verifier, $3 version, $4 policy, $5 length column; the newest count of a tokenizer is the one that counts.
 */
export const SAMPLE_SOURCE = `attempt a
  left join score s on s.run_id = $1 and s.item_key = a.item_key and s.sample_index = a.sample_index
    and s.verifier = $2 and s.version = $3 and s.policy = $4
  left join lateral (
    select c.output from token_count c
    where c.run_id = $1 and c.item_key = a.item_key and c.sample_index = a.sample_index and c.tokenizer = $5
    order by c.version desc limit 1) c on true
  cross join lateral (
    select case when $5 = 'reported' then a.output_tokens else c.output end as tokens) l`;

/** What was found in the text; rows of an older measurement count where there is no newer one. */
const TRACE_SOURCE = `left join lateral (
    select t.reflections, t.loops from trace t
    where t.run_id = $1 and t.item_key = a.item_key and t.sample_index = a.sample_index
    order by t.version desc limit 1) t on true`;

/** Where the right answer stands would give a hidden one away. */
const AFTER_ANSWER = `case when $14::boolean then null else s.after_correct_tokens end`;

const COLUMNS = `a.item_key as "itemKey", a.sample_index as "sampleIndex", a.position, ${OUTCOME} as outcome,
  s.extracted, l.tokens, a.finish_reason as "finishReason", a.reported_correct as "reportedCorrect", a.characters,
  t.reflections, t.loops, ${AFTER_ANSWER} as "afterAnswerTokens",
  case when $14::boolean then null else s.first_correct_tokens end as "firstCorrectTokens"`;

/** One page by keyset: a page in the middle of a million costs as much as the first. */
export async function listSamples(
  db: Db,
  scope: SampleScope,
  query: SampleQuery,
): Promise<SamplePage> {
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, query.sort);
  const { rows } = await db.pool.query<
    Omit<SampleRow, 'difficulty'> & { difficulty: string | null }
  >(
    `select page.*, i.difficulty from (
       select ${COLUMNS}, a.item_position from ${SAMPLE_SOURCE} ${TRACE_SOURCE}
       where a.run_id = $1
         and ($6::text is null or ${OUTCOME} = $6)
         and ($7::int is null or l.tokens >= $7)
         and ($8::int is null or l.tokens <= $8)
         and ($9::text is null or s.extracted ilike $9 or a.item_key ilike $9)
         and ($15::int is null or ${AFTER_ANSWER} >= $15)
         and ($16::int is null or t.reflections >= $16)
         and ($17::boolean is null or (t.loops > 0) = $17)
         and ($10::int is null or ${afterCursor(query.sort)})
       order by ${orderBy(query.sort)} limit $12
     ) page left join item i on i.benchmark_id = $13 and i.position = page.item_position
     order by ${orderOutside(query.sort)}`,
    [
      scope.runId,
      scope.verifier,
      scope.version,
      scope.policy,
      query.column ?? scope.column,
      query.outcome ?? null,
      query.minTokens ?? null,
      query.maxTokens ?? null,
      query.q === undefined || query.q === '' ? null : `%${query.q.replaceAll(/[\\%_]/g, '\\$&')}%`,
      cursor?.position ?? null,
      cursor?.value ?? null,
      query.limit + 1,
      scope.benchmarkId,
      scope.hasHiddenGold,
      query.minAfterAnswer ?? null,
      query.minReflections ?? null,
      query.loop === undefined ? null : query.loop === 'yes',
    ],
  );
  const samples = rows.slice(0, query.limit);
  const last = samples.at(-1);
  const hasMore = rows.length > query.limit && last !== undefined;
  return { samples, nextCursor: hasMore ? encodeCursor(last, query.sort) : null };
}

/** What a list is ordered by: as the query names it, and as its rows do. */
const SORTED_BY = {
  tokens: { inside: 'l.tokens', outside: 'tokens' },
  afterAnswer: { inside: AFTER_ANSWER, outside: 'afterAnswerTokens' },
  reflections: { inside: 't.reflections', outside: 'reflections' },
} as const;

function sortedBy(sort: Exclude<SampleSort, 'position'>) {
  const isFalling = sort.startsWith('-');
  const name = (isFalling ? sort.slice(1) : sort) as keyof typeof SORTED_BY; // a minus is all that may stand before it
  return { ...SORTED_BY[name], direction: isFalling ? 'desc' : 'asc' } as const;
}

/** Unknown values come last in both directions. */
function orderBy(sort: SampleSort): string {
  if (sort === 'position') return 'a.position';
  const { inside, direction } = sortedBy(sort);
  return `${inside} ${direction} nulls last, a.position`;
}

function orderOutside(sort: SampleSort): string {
  if (sort === 'position') return 'page.position';
  const { outside, direction } = sortedBy(sort);
  return `page."${outside}" ${direction} nulls last, page.position`;
}

function afterCursor(sort: SampleSort): string {
  if (sort === 'position') return '($11::int is null and a.position > $10)';
  const { inside, direction } = sortedBy(sort);
  const beyond = direction === 'desc' ? '<' : '>';
  return `case when $11::int is null then ${inside} is null and a.position > $10
    else ${inside} is null or ${inside} ${beyond} $11 or (${inside} = $11 and a.position > $10) end`;
}

interface Cursor {
  position: number;
  /** What the list is ordered by; null when unknown, and in the order of positions. */
  value: number | null;
}

function encodeCursor(row: SampleRow, sort: SampleSort): string {
  if (sort === 'position') return String(row.position);
  return `${String(row.position)}.${String(row[sortedBy(sort).outside] ?? 'x')}`;
}

function decodeCursor(text: string, sort: SampleSort): Cursor {
  const match = /^(?<position>\d{1,9})(?:\.(?<value>\d{1,10}|x))?$/.exec(text)?.groups;
  const hasValue = match?.value !== undefined;
  if (match?.position === undefined || hasValue === (sort === 'position')) {
    throw new AppError('invalid_input', 'The cursor is not one of this list and order.', {
      details: [{ pointer: '/cursor', code: 'invalid', message: 'take it from nextCursor' }],
    });
  }
  const value = match.value === undefined || match.value === 'x' ? null : Number(match.value);
  return { position: Number(match.position), value };
}
