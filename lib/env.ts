import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from './errors.ts';

/** The folder with package.json: pages, worker and commands all run from it. */
export const ROOT = findRoot(process.cwd());

const unsetWhenEmpty = (value: unknown): unknown => (value === '' ? undefined : value);

const Env = z.object({
  DATABASE_URL: z.preprocess(
    unsetWhenEmpty,
    z
      .string()
      .regex(/^postgres(?:ql)?:\/\//, 'must start with postgres:// or postgresql://')
      .optional(),
  ),
  LACONIC_DATA: z.preprocess(unsetWhenEmpty, z.string().optional()),
  LACONIC_TOKENIZERS: z.preprocess(unsetWhenEmpty, z.string().optional()),
  LACONIC_URL: z.preprocess(unsetWhenEmpty, z.url().optional()),
  LACONIC_TOKEN: z.preprocess(unsetWhenEmpty, z.string().optional()),
  PORT: z.preprocess(unsetWhenEmpty, z.coerce.number().int().min(1).max(65535).default(3000)),
});
export type Env = z.infer<typeof Env>;

/** Reads the environment anew at each call, so that tests and children can set it. */
export function env(): Env {
  const parsed = Env.safeParse(process.env);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new AppError('invalid_input', `The environment is not valid: ${names.join('; ')}.`);
}

/** The connection string; set by `laconic start` for its children when the embedded server is used. */
export function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (url !== undefined) return url;
  throw new AppError(
    'unavailable',
    'No database is known: start Laconic with `npm start`, or set DATABASE_URL to a Postgres 15 or newer.',
  );
}

/**
 * Where Postgres, raw files and secrets live: LACONIC_DATA, else `.laconic` in the clone. Postgres refuses to run
 * as root; when root started us in a folder other users can't enter, the data lives under /var/lib/laconic instead.
 */
export function dataFolder(): string {
  const chosen = env().LACONIC_DATA;
  if (chosen !== undefined) return path.resolve(chosen);
  const inClone = path.join(ROOT, '.laconic');
  if (process.getuid?.() !== 0 || isOpenToOthers(ROOT)) return inClone;
  const name = createHash('sha256').update(ROOT).digest('hex').slice(0, 12);
  return path.join('/var/lib/laconic', name);
}

/** True when any user may enter every folder down to this one. */
export function isOpenToOthers(folder: string): boolean {
  for (let current = path.resolve(folder); ; current = path.dirname(current)) {
    if ((statSync(current).mode & 0o001) === 0) return false;
    if (current === path.dirname(current)) return true;
  }
}

/** Throws one clear sentence when the folder exists but can't be used. */
export function assertUsableFolder(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) {
    throw new AppError(
      'unavailable',
      `The data folder ${folder} is a file; set LACONIC_DATA to a folder.`,
    );
  }
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `The data folder ${folder} can not be read and written by this user; fix its owner or set LACONIC_DATA.`,
      { cause },
    );
  }
}

function findRoot(start: string): string {
  for (let current = path.resolve(start); ; current = path.dirname(current)) {
    if (existsSync(path.join(current, 'prisma', 'schema.prisma'))) return current;
    if (current === path.dirname(current)) return path.resolve(start);
  }
}
