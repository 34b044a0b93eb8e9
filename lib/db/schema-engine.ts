import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaFilter } from '@prisma/schema-engine-wasm';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { ROOT } from '../env.ts';

const SCHEMA = path.join(ROOT, 'prisma', 'schema.prisma');
const MIGRATIONS = path.join(ROOT, 'prisma', 'migrations');
const PARTITIONED = ['attempt', 'attempt_text', 'token_count', 'score', 'trace', 'label'];
export const PARTITIONS = 16;

/** The partitions are not in the Prisma schema: to the engine they are tables of somebody else. */
const FILTERS: SchemaFilter = {
  externalTables: PARTITIONED.flatMap((table) =>
    Array.from(
      { length: PARTITIONS },
      (_, index) => `public.${table}_p${String(index).padStart(2, '0')}`,
    ),
  ),
  externalEnums: [],
};

/**
 * Catalogues hold columns of the one-byte type "char", which the adapter does not know. They travel as arrays
 * of it, which it does know, and `readCharacters` turns their type back; the values are plain strings throughout.
 */
function disguiseResults(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
  const disguised = (...parameters: unknown[]): unknown => {
    const callback = parameters.at(-1);
    if (typeof callback !== 'function') {
      return (query(...parameters) as Promise<pg.QueryResult>).then(disguiseCharacters);
    }
    return query(...parameters.slice(0, -1), (error: unknown, result?: pg.QueryResult) => {
      Reflect.apply(callback, undefined, [error, result && disguiseCharacters(result)]);
    });
  };
  client.query = disguised as typeof client.query;
}

/** Of the catalogue `pg_type`: "char" and its array. */
const CHARACTER_OID = 18;
const CHARACTER_ARRAY_OID = 1002;

function disguiseCharacters(result: pg.QueryResult): pg.QueryResult {
  for (const field of result.fields) {
    if (field.dataTypeID === CHARACTER_OID) field.dataTypeID = CHARACTER_ARRAY_OID;
  }
  return result;
}

/** The adapter factory with the disguise of `CatalogueClient` taken off its results. */
function readCharacters(
  factory: SqlMigrationAwareDriverAdapterFactory,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    ...factory,
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    async connect() {
      const adapter = await factory.connect();
      const queryRaw = adapter.queryRaw.bind(adapter);
      adapter.queryRaw = async (query) => {
        const result = await queryRaw(query);
        const columnTypes = result.columnTypes.map((type) =>
          type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
        );
        return { ...result, columnTypes };
      };
      return adapter;
    },
  };
}

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');
let loaded: Promise<Bindings> | undefined;

/** The bindings keep views of the module's memory in globals, so a process may load the module only once. */
async function loadBindings(): Promise<Bindings> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const { instance } = await WebAssembly.instantiate(
    await readFile(path.join(folder, 'schema_engine_bg.wasm')),
    { './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports },
  );
  const { __wbg_set_wasm: setWasm } = bindings as unknown as {
    __wbg_set_wasm: (exports: unknown) => void;
  };
  setWasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}

/**
 * Prisma's schema engine as WebAssembly: the command line wants a native binary from a host that many
 * machines can't reach. The same engine runs here, so `prisma migrate deploy` sees the same history.
 */
async function withEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= loadBindings();
  const { SchemaEngine } = await loaded;
  // One connection: the adapter sends a script statement by statement, and BEGIN must reach the same session.
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on('connect', disguiseResults);
  const engine = await SchemaEngine.new(
    { datamodels: [[SCHEMA, await readFile(SCHEMA, 'utf8')]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(readCharacters(new PrismaPg(pool))),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

/** Applies what is missing and fills `_prisma_migrations`; returns the names applied. */
export async function applyMigrations(url: string): Promise<string[]> {
  const migrationsList = await readMigrations();
  return withEngine(url, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList,
      filters: FILTERS,
    });
    return appliedMigrationNames;
  });
}

/** SQL that would turn the database at `url` into the schema file; null when they agree. */
export async function diffToSchema(url: string): Promise<string | null> {
  const schema = await readFile(SCHEMA, 'utf8');
  return withEngine(url, async (engine) => {
    const { stdout, exitCode } = await engine.diff({
      from: {
        tag: 'schemaDatasource',
        files: [{ path: SCHEMA, content: schema }],
        configDir: ROOT,
      },
      to: { tag: 'schemaDatamodel', files: [{ path: SCHEMA, content: schema }] },
      script: true,
      exitCode: true,
      filters: FILTERS,
    });
    return exitCode === 2 ? (stdout ?? '') : null;
  });
}

/** The names of the migrations in the folder, oldest first. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function readMigrations(): Promise<
  Parameters<SchemaEngine['applyMigrations']>[0]['migrationsList']
> {
  const names = await migrationNames();
  return {
    baseDir: MIGRATIONS,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(MIGRATIONS, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}
