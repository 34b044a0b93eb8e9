import { stat } from 'node:fs/promises';
import { listResults, type FoundFile } from './find-files.ts';

export interface WatchTimes {
  /** How long a file must keep its size and time of change to count as finished. */
  settleMs: number;
  pollMs: number;
  /** Between two tries while the server is away. */
  awayMs: number;
}

/**
 * Every results file below the folder once it is finished, and again when it has changed since. Looks instead of being
 * told: folders over a network tell nothing. Ends when the signal says so.
 */
export async function* finishedFiles(
  folder: string,
  { settleMs, pollMs }: WatchTimes,
  signal: AbortSignal,
): AsyncGenerator<FoundFile> {
  const seen = new Map<string, { state: string; since: number; isTaken: boolean }>();
  while (!signal.aborted) {
    for (const found of await listStill(folder)) {
      const now = performance.now();
      const state = await stateOf(found.file);
      const before = seen.get(found.file);
      if (state === null) continue;
      if (before?.state !== state) {
        seen.set(found.file, { state, since: now, isTaken: false });
        continue;
      }
      if (before.isTaken || now - before.since < settleMs) continue;
      before.isTaken = true;
      yield found;
      if (isEnded(signal)) return;
    }
    await pause(pollMs, signal);
  }
}

/** A folder that goes while it is read is looked at again at the next round. */
async function listStill(folder: string): Promise<FoundFile[]> {
  try {
    return await listResults(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && GONE.has(String(error.code))) return [];
    throw error;
  }
}

const GONE = new Set(['ENOENT', 'ENOTDIR', 'ESTALE']);

/** Read anew: the reader of the generator may have ended it meanwhile. */
function isEnded(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Null for an empty file, which is about to be written, and for one that is gone. */
async function stateOf(file: string): Promise<string | null> {
  const found = await stat(file).catch(() => null);
  if (found === null || found.size === 0) return null;
  return `${String(found.size)} ${String(found.mtimeMs)}`;
}

/** Ends early when the signal comes. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
