import { spawnSync } from 'node:child_process';

/** True when the program is there; else says so on stdout, because the test that needs it does nothing. */
export function hasTool(name: string, reason: string): boolean {
  const found = spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
  if (!found) process.stdout.write(`${name} is not installed: ${reason} is not checked here.\n`);
  return found;
}

/** What the program prints; throws with its complaint when it fails. */
export function runTool(name: string, args: readonly string[], cwd?: string): string {
  const result = spawnSync(name, args, { encoding: 'utf8', cwd, maxBuffer: 64 * 1024 * 1024 });
  if (result.status === 0) return result.stdout;
  throw new Error(`${name} failed: ${result.stdout.slice(-3000)}${result.stderr}`);
}
