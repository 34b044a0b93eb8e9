import { existsSync, readdirSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { provideServer, startThrowAway } from './postgres.ts';

const DEBIAN = '/usr/lib/postgresql';

/** The PostgreSQL 15 or newer that the system has, the oldest first: what works there works on newer ones. */
export function systemPostgres(): string | null {
  if (!existsSync(DEBIAN)) return null;
  const [oldest] = readdirSync(DEBIAN)
    .map(Number)
    .filter((version) => version >= 15 && existsSync(`${DEBIAN}/${String(version)}/bin/initdb`))
    .sort((a, b) => a - b);
  return oldest === undefined ? null : `${DEBIAN}/${String(oldest)}`;
}

/** The same tests on the server that people bring along with DATABASE_URL. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const binaries = systemPostgres();
  if (binaries === null) throw new Error(`There is no PostgreSQL in ${DEBIAN}.`);
  return provideServer(project, await startThrowAway(binaries));
}
