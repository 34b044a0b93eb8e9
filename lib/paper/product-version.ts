import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '#lib/env.ts';

let version: string | null = null;

/** Of the program that makes figures: another one may draw them differently. */
export function productVersion(): string {
  version ??= z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))).version;
  return version;
}
