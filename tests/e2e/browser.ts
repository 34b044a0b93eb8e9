import { existsSync } from 'node:fs';
import path from 'node:path';
import bundled, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';
import { ROOT } from '#lib/env.ts';

/** Root may not use the sandbox of Chromium, and containers have little shared memory. */
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];

/**
 * The Chromium of the npm package, on machines without its system libraries with those of the package, else the
 * one that the machine has.
 */
export async function launchBrowser(): Promise<Browser> {
  bundled.setGraphicsMode = false;
  const executablePath = await bundled.executablePath();
  const failures: unknown[] = [];
  const attempts = [
    () => chromium.launch({ executablePath, args: ARGS }),
    async () => {
      const bin = path.join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'bin');
      await inflate(path.join(bin, 'al2023.tar.br'));
      setupLambdaEnvironment('/tmp/al2023/lib');
      return chromium.launch({ executablePath, args: ARGS });
    },
    () => {
      const installed = '/usr/bin/chromium';
      if (!existsSync(installed)) throw new Error(`There is no ${installed}.`);
      return chromium.launch({ executablePath: installed, args: ARGS });
    },
  ];
  for (const attempt of attempts) {
    try {
      return await attempt();
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, 'No Chromium could be started.');
}
