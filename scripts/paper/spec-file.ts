import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { AppError } from '#lib/errors.ts';

/** JSON or YAML, which JSON is part of. `report: {file: audit.json}` in the data is replaced by what the file holds. */
export async function readSpecFile(file: string): Promise<unknown> {
  const value = parseText(await readText(file), file);
  return includeReport(value, path.dirname(file));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new AppError('invalid_input', `${file} can not be read.`, { cause });
  }
}

function parseText(text: string, file: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    throw new AppError('invalid_input', `${file} is no YAML: ${cause.message}`, { cause });
  }
}

/** Beside the spec, so that a folder with both can be moved. */
export async function includeReport(spec: unknown, folder: string): Promise<unknown> {
  if (!isRecord(spec) || !isRecord(spec.data) || !isRecord(spec.data.report)) return spec;
  const { file } = spec.data.report;
  if (typeof file !== 'string') return spec;
  const target = path.join(folder, file);
  return { ...spec, data: { ...spec.data, report: parseText(await readText(target), target) } };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
