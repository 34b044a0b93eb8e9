import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '#lib/env.ts';
import { testDatabase } from '../setup/database.ts';

const { db } = await testDatabase();

const sqlOf = (name: string) =>
  readFile(path.join(ROOT, 'prisma', 'migrations', name, 'migration.sql'), 'utf8');

test('rows of one detector each become one row an attempt, of no version, with the newest counts', async () => {
  const client = await db.pool.connect();
  try {
    await client.query('create schema old; set search_path to old');
    await client.query(await sqlOf('20261123000000_data_model'));
    // Only traces matter here: their runs need not be there.
    await client.query('set session_replication_role = replica');
    const run = '01a21ade-7b42-7131-bd9f-22df046bd917';
    const rows: [string, number, string, number, number, object | null][] = [
      ['a', 0, 'reflection-keywords', 1, 9, { wait: 9 }],
      ['a', 0, 'reflection-keywords', 2, 3, { wait: 2, recheck: 1 }],
      ['a', 0, 'thought-switches', 1, 0, {}],
      ['a', 0, 'suffix-loop', 1, 1, { loop: 1 }],
      ['b', 1, 'reflection-keywords', 1, 0, {}],
    ];
    for (const [item, sample, detector, version, count, features] of rows) {
      await client.query(
        `insert into trace (run_id, item_key, sample_index, detector, version, count, features)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [run, item, sample, detector, version, count, JSON.stringify(features)],
      );
    }
    await client.query(await sqlOf('20261126110000_one_trace_row'));
    const found = await client.query<Record<string, unknown>>(
      `select item_key, sample_index, version, found, reflections, switches, loops, steps from trace order by item_key`,
    );
    expect(found.rows).toEqual([
      {
        ...{ item_key: 'a', sample_index: 0, version: 0, reflections: 3, loops: 1 },
        // Looked and found none; what nobody measured then is unknown.
        ...{ switches: 0, steps: null },
        found: { 'reflection-keywords': { wait: 2, recheck: 1 }, 'suffix-loop': { loop: 1 } },
      },
      {
        ...{ item_key: 'b', sample_index: 1, version: 0, reflections: 0, loops: 0 },
        ...{ switches: null, steps: null, found: {} },
      },
    ]);
  } finally {
    await client.query('reset session_replication_role; reset search_path');
    client.release();
  }
});
