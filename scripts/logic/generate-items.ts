import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { findLogicTask, logicTasks } from '#lib/logic/index.ts';
import { UsageError, type ExitCode } from '../run-script.ts';
import { continueFile } from './continue-file.ts';
import type { Block } from './generate-thread.ts';
import type { GeneratePlan } from './item-lines.ts';

/** Long enough that messages cost little, short enough that threads end together. */
const BLOCK = 200;

/** Item `n` is the same whatever was written before it, so a broken run goes on after its last whole line. */
export async function generateItems(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tasks: { type: 'string', default: 'all' },
      level: { type: 'string', default: '5' },
      count: { type: 'string', default: '100' },
      seed: { type: 'string', default: '0' },
      language: { type: 'string' },
      output: { type: 'string', short: 'o' },
      workers: { type: 'string' },
    },
  });
  const plan: GeneratePlan = {
    tasks: parseTasks(values.tasks),
    levels: parseLevels(values.level),
    seed: values.seed,
    language: parseLanguage(values.language),
  };
  const count = parseCount(values.count);
  const workers = parseWorkers(values.workers);
  const done = values.output === undefined ? 0 : await continueFile(values.output, plan);
  const output: Writable =
    values.output === undefined ? process.stdout : createWriteStream(values.output, { flags: 'a' });
  let written = done;
  for await (const text of blocksInOrder(plan, done, count, workers)) {
    if (!output.write(text)) await once(output, 'drain');
    written = Math.min(count, written + BLOCK);
    if (values.output !== undefined) process.stderr.write(`${written} of ${count}\n`);
  }
  if (values.output !== undefined) {
    output.end();
    await once(output, 'finish');
    process.stderr.write(`${Math.max(done, count)} items in ${values.output}\n`);
  }
  return 0;
}

function parseTasks(text: string): string[] {
  if (text === 'all') return logicTasks.all.map(({ id }) => id);
  return text.split(',').map((name) => {
    const task = findLogicTask(name.trim());
    if (task !== null) return task.id;
    const known = logicTasks.all.map(({ id }) => id).join(', ');
    throw new UsageError(`There is no logic task "${name}". Known: ${known}.`);
  });
}

function parseLevels(text: string): number[] {
  const [low, high = low] = text.split('-').map(Number);
  if (low === undefined || high === undefined || !(low >= 1 && low <= high && high <= 10))
    throw new UsageError('--level takes a whole number from 1 to 10, or a range such as 3-8.');
  const levels = Array.from({ length: high - low + 1 }, (_, at) => low + at);
  if (levels.every(Number.isInteger)) return levels;
  throw new UsageError('--level takes whole numbers.');
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new UsageError('--count takes a whole number from 1 on.');
}

function parseWorkers(text: string | undefined): number {
  if (text === undefined) return Math.max(1, availableParallelism() - 1);
  const workers = Number(text);
  if (Number.isInteger(workers) && workers >= 1 && workers <= 64) return workers;
  throw new UsageError('--workers takes a whole number from 1 to 64.');
}

/** Threads work on blocks side by side; the blocks come out in their order, at most two a thread ahead. */
async function* blocksInOrder(
  plan: GeneratePlan,
  from: number,
  to: number,
  workers: number,
): AsyncGenerator<string> {
  const threads = Array.from(
    { length: Math.max(0, Math.min(workers, Math.ceil((to - from) / BLOCK))) },
    () => new Worker(new URL('./generate-thread.ts', import.meta.url)),
  );
  try {
    const ahead: Promise<string>[] = [];
    const last = threads.map(() => Promise.resolve(''));
    let next = from;
    let turn = 0;
    while (next < to || ahead.length > 0) {
      while (next < to && ahead.length < threads.length * 2) {
        const at = turn % threads.length;
        const thread = threads[at];
        if (thread === undefined) return;
        const block: Block = { plan, from: next, to: Math.min(to, next + BLOCK) };
        // A thread gets its next block when it has answered, so that answers can not be confused.
        const answer = (last[at] ?? Promise.resolve('')).then(() => ask(thread, block));
        void answer.catch(() => undefined);
        last[at] = answer;
        ahead.push(answer);
        next = block.to;
        turn += 1;
      }
      const first = ahead.shift();
      if (first !== undefined) yield await first;
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

async function ask(thread: Worker, block: Block): Promise<string> {
  thread.postMessage(block);
  // `once` rejects when the thread fails.
  const [text] = (await once(thread, 'message')) as [string];
  return text;
}

function parseLanguage(text: string | undefined): 'en' | 'zh' | null {
  if (text === undefined) return null;
  if (text === 'en' || text === 'zh') return text;
  throw new UsageError('--language takes "en" or "zh".');
}
