import { describe, expect, test } from 'vitest';
import { diffToSchema, migrationNames, PARTITIONS } from '#lib/db/schema-engine.ts';
import { testDatabase } from '../setup/database.ts';

const { db, url } = await testDatabase();

const BIG_TABLES = ['attempt', 'attempt_text', 'token_count', 'score', 'trace', 'label'];

async function column(sql: string, parameters: unknown[] = []): Promise<string[]> {
  const { rows } = await db.pool.query<{ name: string }>(sql, parameters);
  return rows.map(({ name }) => name);
}

describe('the migrated database', () => {
  test('is what the schema file says', async () => {
    expect(await diffToSchema(url)).toBeNull();
  });

  test('a column that the schema file does not know is seen', async () => {
    await db.pool.query('alter table model add column colour text');
    expect(await diffToSchema(url)).toContain('"colour"');
    await db.pool.query('alter table model drop column colour');
  });

  test('keeps the history that prisma migrate reads', async () => {
    const applied = await column(
      `select migration_name as name from _prisma_migrations where finished_at is not null order by 1`,
    );
    expect(applied).toEqual(await migrationNames());
  });

  test('every index says which query it serves', async () => {
    const silent = await column(
      `select i.indexrelid::regclass::text as name from pg_index i
       join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and not i.indisprimary and not c.relispartition
         and c.relname not like '\\_prisma%' and obj_description(i.indexrelid) is null`,
    );
    expect(silent).toEqual([]);
  });

  test.each(BIG_TABLES)('%s is partitioned by the hash of its run', async (table) => {
    const [strategy] = await column(`select pg_get_partkeydef($1::regclass) as name`, [table]);
    expect(strategy).toBe('HASH (run_id)');
    const partitions = await column(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass`,
      [table],
    );
    expect(partitions).toHaveLength(PARTITIONS);
  });

  test('texts are stored as they come, on every partition', async () => {
    const compressed = await column(
      `select attrelid::regclass || '.' || attname as name from pg_attribute
       join pg_class c on c.oid = attrelid
       where c.relname like 'attempt\\_text%' and c.relkind in ('r', 'p')
         and atttypid = 'bytea'::regtype and attstorage <> 'e'`,
    );
    expect(compressed).toEqual([]);
  });
});

describe('the schema can be distributed by run', () => {
  test('every unique index of a big table holds run_id', async () => {
    const without = await column(
      `select i.indexrelid::regclass::text as name from pg_index i
       where i.indrelid = any($1::regclass[]) and i.indisunique
         and not exists (
           select 1 from pg_attribute a
           where a.attrelid = i.indrelid and a.attname = 'run_id' and a.attnum = any(i.indkey))`,
      [BIG_TABLES],
    );
    expect(without).toEqual([]);
  });

  test('nothing points at a big table', async () => {
    const pointing = await column(
      `select conname as name from pg_constraint where contype = 'f' and confrelid = any($1::regclass[])`,
      [BIG_TABLES],
    );
    expect(pointing).toEqual([]);
  });

  test('a big table points at its run only', async () => {
    const targets = await column(
      `select distinct confrelid::regclass::text as name from pg_constraint
       where contype = 'f' and conrelid = any($1::regclass[])`,
      [BIG_TABLES],
    );
    expect(targets).toEqual(['run']);
  });
});

describe('the books', () => {
  test('a submission whose rows do not add up is refused by the database', async () => {
    const token = await db.prisma.apiToken.create({
      data: { name: 'books', hash: 'books', last4: 'book', scopes: ['submit'] },
    });
    const insert = db.pool.query(
      `insert into submission (id, header, owner_token_id, deadline, received_rows, stored_rows)
       values (gen_random_uuid(), '{}', $1, now(), 2, 1)`,
      [token.id],
    );
    await expect(insert).rejects.toThrow('submission_books_check');
  });
});
