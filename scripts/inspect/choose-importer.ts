import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { importers } from '#lib/importers/index.ts';
import type { Importer } from '#lib/importers/importer.ts';
import { createMappingImporter } from '#lib/importers/mapping/mapping-importer.ts';
import { Mapping } from '#lib/importers/mapping/mapping.ts';
import { UsageError } from '../run-script.ts';

/** The format or mapping that the flags name; null when files are to be recognised. */
export async function chooseImporter(named: {
  format?: string;
  mapping?: string;
}): Promise<Importer | null> {
  if (named.format !== undefined && named.mapping !== undefined) {
    throw new UsageError('Name a format or a mapping, not both.');
  }
  if (named.mapping !== undefined) return createMappingImporter(await readMapping(named.mapping));
  if (named.format === undefined) return null;
  if (importers.has(named.format)) return importers.get(named.format);
  const known = importers.all.map(({ id }) => id).join(', ');
  throw new UsageError(`There is no format "${named.format}". Known: ${known}.`);
}

/** The mapping in a file; throws `invalid_input` with the places where it is none. */
export async function readMapping(file: string): Promise<Mapping> {
  await assertFile(file);
  const text = await readFile(file, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid_input', `${file} is not JSON.`, { cause });
  }
  const parsed = Mapping.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_input', `${file} is not a mapping: ${z.prettifyError(parsed.error)}`);
}

export async function assertFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isFile()) return;
  } catch (cause) {
    throw new AppError('invalid_input', `${file} can not be read.`, { cause });
  }
  throw new AppError('invalid_input', `${file} is not a file.`);
}
