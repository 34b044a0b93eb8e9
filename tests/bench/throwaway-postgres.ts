import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';

/** A migrated server for one measurement, with the durability settings of an installation. */
export async function withPostgres<T>(measure: (url: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'laconic-bench-'));
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder });
  try {
    await migrate(postgres.url);
    return await measure(postgres.url);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Nearest rank; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
