import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';

const SOURCES = [
  'app',
  'lib',
  'prisma/schema.prisma',
  'next.config.js',
  'postcss.config.js',
  'instrumentation.ts',
  'proxy.ts',
  'package-lock.json',
];

export function webFolder(): string {
  return path.join(ROOT, process.env.LACONIC_NEXT_DIR ?? '.next');
}

/** True when the production build is missing or something it was made from has changed. */
export function isBuildStale(): boolean {
  const stamp = path.join(webFolder(), 'laconic-sources');
  if (!existsSync(path.join(webFolder(), 'BUILD_ID')) || !existsSync(stamp)) return true;
  return readFileSync(stamp, 'utf8') !== hashSources();
}

/** `next build`; its own output is shown only when it fails. */
export async function buildWeb(): Promise<void> {
  const next = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: ROOT,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) {
    throw new AppError(
      'internal',
      `The web pages could not be built:\n${Buffer.concat(output).toString('utf8')}`,
    );
  }
  writeFileSync(path.join(webFolder(), 'laconic-sources'), hashSources());
}

function hashSources(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) hashPath(hash, path.join(ROOT, source));
  return hash.digest('hex');
}

function hashPath(hash: ReturnType<typeof createHash>, target: string): void {
  if (!existsSync(target)) return;
  if (statSync(target).isDirectory()) {
    for (const name of readdirSync(target).sort()) hashPath(hash, path.join(target, name));
    return;
  }
  hash.update(path.relative(ROOT, target)).update('\0').update(readFileSync(target)).update('\0');
}
