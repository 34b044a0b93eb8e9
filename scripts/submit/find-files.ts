import { glob, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#lib/errors.ts';

/** A file to send, and the folder that it was found under: names are told from the part below it. */
export interface FoundFile {
  file: string;
  root: string | null;
}

/** In a folder lie other things too; a file that is named itself is sent whatever its name. */
const RESULTS = /\.(?:jsonl|ndjson|json|parquet|eval|csv|tsv)(?:\.(?:gz|zst))?$/i;

/** The files that are named, those in named folders (deep, without hidden ones) and those of patterns; each once. */
export async function findFiles(places: readonly string[]): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>();
  for (const place of places) {
    const files = await findAt(place);
    if (files.length === 0) {
      throw new AppError('invalid_input', `There are no results files at ${place}.`);
    }
    for (const file of files) {
      const key = path.resolve(file.file);
      if (!found.has(key)) found.set(key, file);
    }
  }
  return [...found.values()];
}

async function findAt(place: string): Promise<FoundFile[]> {
  const what = await stat(place).catch(() => null);
  if (what?.isDirectory() === true) return listResults(place);
  if (what !== null || !/[*?[{]/.test(place)) return [{ file: place, root: null }];
  const files: FoundFile[] = [];
  for await (const match of glob(place)) {
    if ((await stat(match)).isFile()) files.push({ file: match, root: null });
  }
  return files.sort(byName);
}

/** Every results file below the folder, by name. */
export async function listResults(root: string): Promise<FoundFile[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && RESULTS.test(entry.name))
    .map((entry) => ({ file: path.join(entry.parentPath, entry.name), root }))
    .filter(({ file }) => !isHidden(path.relative(root, file)))
    .sort(byName);
}

function isHidden(file: string): boolean {
  return file.split(path.sep).some((step) => step.startsWith('.'));
}

function byName(a: FoundFile, b: FoundFile): number {
  return a.file < b.file ? -1 : 1;
}
