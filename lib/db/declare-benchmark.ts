import { AppError } from '#lib/errors.ts';
import type { Visibility } from '#lib/schemas/identifiers.ts';
import type { Session } from './client.ts';
import { uuidv7 } from './uuid.ts';

/** A benchmark as the pipeline needs it. */
export interface KnownBenchmark {
  id: string;
  name: string;
  version: number;
  split: string;
  visibility: Visibility;
  ownerTokenId: string | null;
  verifier: string;
  verifierVersion: number;
  policy: Record<string, unknown>;
  tokenizer: string;
  itemCount: number;
}

const COLUMNS = `id, name, version, split, visibility, owner_token_id as "ownerTokenId",
  default_verifier as verifier, verifier_version as "verifierVersion", policy, tokenizer, item_count as "itemCount"`;

/** `name` or `name@version`; without a version the newest. Null when there is none of that name and split. */
export async function findBenchmark(
  session: Pick<Session, 'query'>,
  reference: { name: string; split: string },
): Promise<KnownBenchmark | null> {
  const versioned = /^(?<name>.+)@(?<version>\d{1,9})$/.exec(reference.name)?.groups;
  const { rows } = await session.query<KnownBenchmark>(
    `select ${COLUMNS} from benchmark
     where name = $1 and split = $2 and ($3::int is null or version = $3)
     order by version desc limit 1`,
    [
      versioned?.name ?? reference.name,
      reference.split,
      versioned === undefined ? null : Number(versioned.version),
    ],
  );
  return rows[0] ?? null;
}

/** Throws `not_found`. */
export async function getBenchmark(
  session: Pick<Session, 'query'>,
  id: string,
): Promise<KnownBenchmark> {
  const { rows } = await session.query<KnownBenchmark>(
    `select ${COLUMNS} from benchmark where id = $1`,
    [id],
  );
  const [found] = rows;
  if (found !== undefined) return found;
  throw new AppError('not_found', `There is no benchmark ${id}.`);
}

export interface NewBenchmark {
  name: string;
  version: number;
  split: string;
  title: string;
  description: string | null;
  visibility: Visibility;
  verifier: string;
  verifierVersion: number;
  policy: Readonly<Record<string, unknown>>;
  tokenizer: string;
  licence: string | null;
  source: string | null;
  axis: Readonly<Record<string, number>> | null;
  ownerTokenId: string | null;
}

/** True for the token of an admin: what it declares is public at once. */
export async function mayPublish(
  session: Pick<Session, 'query'>,
  tokenId: string,
): Promise<boolean> {
  const { rows } = await session.query<{ mayPublish: boolean }>(
    `select 'admin' = any(scopes) as "mayPublish" from api_token where id = $1`,
    [tokenId],
  );
  return rows[0]?.mayPublish ?? false;
}

/** Waits for a twin that declares the same name at the same time; that twin's benchmark is then found, not doubled. */
export async function lockBenchmarkName(session: Session, name: string): Promise<void> {
  await session.query(`select pg_advisory_xact_lock(hashtextextended('benchmark ' || $1, 0))`, [
    name,
  ]);
}

export async function createBenchmark(
  session: Session,
  benchmark: NewBenchmark,
): Promise<KnownBenchmark> {
  const { rows } = await session.query<KnownBenchmark>(
    `insert into benchmark (id, name, version, split, title, description, visibility, default_verifier,
       verifier_version, policy, tokenizer, licence, source, axis, owner_token_id, item_count)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0)
     returning ${COLUMNS}`,
    [
      uuidv7(),
      benchmark.name,
      benchmark.version,
      benchmark.split,
      benchmark.title,
      benchmark.description,
      benchmark.visibility,
      benchmark.verifier,
      benchmark.verifierVersion,
      JSON.stringify(benchmark.policy),
      benchmark.tokenizer,
      benchmark.licence,
      benchmark.source,
      benchmark.axis === null ? null : JSON.stringify(benchmark.axis),
      benchmark.ownerTokenId,
    ],
  );
  const [created] = rows;
  if (created === undefined) throw new Error('The database returned no benchmark.');
  return created;
}

/** A new version with the items and golds of the old one. */
export async function copyBenchmark(
  session: Session,
  old: KnownBenchmark,
): Promise<KnownBenchmark> {
  const { rows } = await session.query<KnownBenchmark>(
    `insert into benchmark (id, name, version, split, title, description, visibility, default_verifier,
       verifier_version, policy, tokenizer, axis, item_count, has_hidden_gold, licence, source, owner_token_id)
     select $1, name, (select max(version) + 1 from benchmark where name = old.name and split = old.split),
       split, title, description, visibility, default_verifier,
       verifier_version, policy, tokenizer, null, item_count, has_hidden_gold, licence, source, owner_token_id
     from benchmark old where id = $2
     returning ${COLUMNS}`,
    [uuidv7(), old.id],
  );
  const [created] = rows;
  if (created === undefined) throw new Error('The database returned no benchmark.');
  await session.query(
    `insert into item (benchmark_id, key, position, prompt, choices, language, difficulty, groups, media)
     select $1, key, position, prompt, choices, language, difficulty, groups, media from item where benchmark_id = $2`,
    [created.id, old.id],
  );
  await session.query(
    `insert into gold (benchmark_id, item_key, answer) select $1, item_key, answer from gold where benchmark_id = $2`,
    [created.id, old.id],
  );
  return created;
}

export interface NewItem {
  key: string;
  position: number;
  prompt: string | null;
  choices: readonly string[] | null;
  difficulty: string | null;
  groups: Readonly<Record<string, string>>;
  gold: string;
}

export async function insertItems(
  session: Session,
  benchmarkId: string,
  items: readonly NewItem[],
): Promise<void> {
  if (items.length === 0) return;
  await session.query(
    `insert into item (benchmark_id, key, position, prompt, choices, difficulty, groups)
     select $1, key, position, prompt, choices::jsonb, difficulty, groups::jsonb
     from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[])
       as row (key, position, prompt, choices, difficulty, groups)`,
    [
      benchmarkId,
      items.map((item) => item.key),
      items.map((item) => item.position),
      items.map((item) => item.prompt),
      items.map((item) => (item.choices === null ? null : JSON.stringify(item.choices))),
      items.map((item) => item.difficulty),
      items.map((item) => JSON.stringify(item.groups)),
    ],
  );
  await session.query(
    `insert into gold (benchmark_id, item_key, answer)
     select $1, key, answer from unnest($2::text[], $3::text[]) as row (key, answer)`,
    [benchmarkId, items.map((item) => item.key), items.map((item) => item.gold)],
  );
}

export async function finishBenchmark(
  session: Session,
  benchmark: { id: string; itemCount: number; verifier: string; verifierVersion: number },
): Promise<void> {
  await session.query(
    `update benchmark set item_count = $2, default_verifier = $3, verifier_version = $4 where id = $1`,
    [benchmark.id, benchmark.itemCount, benchmark.verifier, benchmark.verifierVersion],
  );
}

/** Every item of a benchmark with its gold. */
export async function listItemGolds(
  session: Session,
  benchmarkId: string,
): Promise<{ key: string; position: number; gold: string | null }[]> {
  const { rows } = await session.query<{ key: string; position: number; gold: string | null }>(
    `select i.key, i.position, g.answer as gold from item i
     left join gold g on g.benchmark_id = i.benchmark_id and g.item_key = i.key
     where i.benchmark_id = $1`,
    [benchmarkId],
  );
  return rows;
}
