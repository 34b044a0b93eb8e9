/** `npm run bench`: every measurement of the project, one after the other; each file runs alone too. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const SHARED = new Set(['all.ts', 'logic-published.ts', 'throwaway-postgres.ts']);

for (const name of readdirSync(import.meta.dirname).sort()) {
  if (!name.endsWith('.ts') || SHARED.has(name)) continue;
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, name)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
