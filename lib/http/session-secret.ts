import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataFolder } from '#lib/env.ts';

const known = new Map<string, Buffer>();

/** The key that signs session cookies: made once, kept in the data folder, readable to our user only. */
export function sessionSecret(): Buffer {
  const folder = dataFolder();
  const found = known.get(folder);
  if (found !== undefined) return found;
  const secret = readOrCreate(folder);
  known.set(folder, secret);
  return secret;
}

function readOrCreate(folder: string): Buffer {
  const file = path.join(folder, 'session-secret');
  const existing = readWhenThere(file);
  if (existing !== null) return existing;
  mkdirSync(folder, { recursive: true });
  // Written aside and linked, so that another process finds either no file or a whole one.
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, randomBytes(32), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file);
}

function readWhenThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
