#!/usr/bin/env node
// Runs on any Node from 20: finds the pinned Node 24 and hands over. Everything else is TypeScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./laconic.ts', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= 24) {
  process.argv[1] = main;
  await import('./laconic.ts');
} else {
  const require = createRequire(import.meta.url);
  const node = path.join(path.dirname(require.resolve('node/package.json')), 'bin', 'node');
  if (!existsSync(node)) {
    process.stderr.write(
      'Laconic needs Node 24 and did not find the one it installs: run `npm ci` again without --ignore-scripts.\n',
    );
    process.exit(1);
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the whole group by itself; a signal to this process alone is handed on.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => undefined);
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 15));
  });
}
