import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '#lib/env.ts';

/** Prisma's client, made from the schema when it is missing or the schema has changed. */
export function generateClient(): void {
  const folder = path.join(ROOT, 'lib', 'db', 'generated');
  const stamp = path.join(folder, '.schema-hash');
  const hash = createHash('sha256')
    .update(readFileSync(path.join(ROOT, 'prisma', 'schema.prisma')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const prisma = path.join(ROOT, 'node_modules', 'prisma', 'build', 'index.js');
  const result = spawnSync(process.execPath, [prisma, 'generate'], {
    cwd: ROOT,
    encoding: 'utf8',
    // The engine is not needed here, and its download is out of reach on many machines.
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
  if (result.status !== 0) {
    throw new Error(
      `The database client could not be generated:\n${result.stdout}${result.stderr}`,
    );
  }
  writeFileSync(stamp, hash);
}

if (process.argv[1] === import.meta.filename) generateClient();
