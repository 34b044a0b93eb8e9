import path from 'node:path';
import { ROOT } from '#lib/env.ts';

const PRELOADED = ['web-server-limits.ts', 'web-server-answers.ts'];

/** The arguments of Node for the web server of a production build. */
export function webServerArguments(port: number): string[] {
  return [
    ...PRELOADED.flatMap((file) => ['--import', path.join(ROOT, 'scripts', file)]),
    path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next'),
    'start',
    '-p',
    String(port),
  ];
}
