import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat, truncate } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { findLogicTask, logicTasks } from '#lib/logic/index.ts';
import { createItem } from '#lib/logic/logic-item.ts';
import type { LogicTask } from '#lib/logic/logic-task.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

const PROGRESS_EVERY = 1000;

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
    },
  });
  const tasks = parseTasks(values.tasks);
  const levels = parseLevels(values.level);
  const count = parseCount(values.count);
  const language = parseLanguage(values.language);
  const done = values.output === undefined ? 0 : await keepWholeLines(values.output);
  const output: Writable =
    values.output === undefined ? process.stdout : createWriteStream(values.output, { flags: 'a' });
  for (let n = done; n < count; n += 1) {
    const task = tasks[n % tasks.length];
    const index = Math.floor(n / tasks.length);
    const level = levels[index % levels.length];
    if (task === undefined || level === undefined) break;
    const item = createItem(task, { seed: values.seed, index, level }, language);
    if (!output.write(`${JSON.stringify(item)}\n`)) await once(output, 'drain');
    if (values.output !== undefined && (n + 1) % PROGRESS_EVERY === 0)
      process.stderr.write(`${n + 1} of ${count}\n`);
  }
  if (values.output !== undefined) {
    output.end();
    await once(output, 'finish');
    process.stderr.write(`${Math.max(done, count)} items in ${values.output}\n`);
  }
  return 0;
}

function parseTasks(text: string): readonly LogicTask[] {
  if (text === 'all') return logicTasks.all;
  return text.split(',').map((name) => {
    const task = findLogicTask(name.trim());
    if (task !== null) return task;
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

function parseLanguage(text: string | undefined): 'en' | 'zh' | null {
  if (text === undefined) return null;
  if (text === 'en' || text === 'zh') return text;
  throw new UsageError('--language takes "en" or "zh".');
}

/** The number of whole lines of a file; what a broken run left of a last one is cut off. */
async function keepWholeLines(file: string): Promise<number> {
  const isThere = await stat(file).then(
    (found) => found.isFile(),
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    },
  );
  if (!isThere) return 0;
  let lines = 0;
  let size = 0;
  let whole = 0;
  for await (const chunk of createReadStream(file)) {
    const bytes = chunk as Buffer;
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
      lines += 1;
      whole = size + at + 1;
    }
    size += bytes.length;
  }
  if (whole < size) await truncate(file, whole);
  return lines;
}
