import { spawn } from 'node:child_process';
import { ROOT } from '#lib/env.ts';

export interface StepResult {
  name: string;
  isPassed: boolean;
  seconds: number;
}

/** Runs the work, says how long it took, and turns what it throws into a failed step: later steps still run. */
export async function runStep(name: string, work: () => Promise<void>): Promise<StepResult> {
  const startedAt = performance.now();
  let failure: string | null = null;
  try {
    await work();
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  if (failure !== null) process.stdout.write(`${failure.trimEnd()}\n`);
  process.stdout.write(`${failure === null ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)\n`);
  return { name, isPassed: failure === null, seconds };
}

/** Runs a Node program of a dependency with the Node that runs us. Its output is in the error when it fails. */
export async function runTool(file: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [`node_modules/${file}`, ...args], {
    cwd: ROOT,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(Buffer.concat(output).toString('utf8') || `exit ${String(code)}`);
}
