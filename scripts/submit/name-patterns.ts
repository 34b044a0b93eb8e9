import path from 'node:path';
import { fileLabels } from '../analyze/file-labels.ts';
import { UsageError } from '../run-script.ts';
import type { FoundFile } from './find-files.ts';

/** The flags whose value may name parts of the path. */
const PATTERNS = ['benchmark', 'model', 'method', 'label', 'family'] as const;
type Patterns = Partial<Record<(typeof PATTERNS)[number], string | undefined>>;

const PLACE = /\{(\w*)\}/g;

/**
 * The names of every file with `{name}`, `{dir}`, `{parent}` and `{path}` filled in from its path. Without a label, and
 * where no other name tells the files apart, the telling part of the path is the label.
 */
export function nameFiles<T extends Patterns>(values: T, files: readonly FoundFile[]): T[] {
  const isTold = (values.method ?? values.model ?? '').search(PLACE) >= 0;
  const isLabelled = values.label !== undefined || isTold;
  const isOne = files.length === 1 && files[0]?.root === null;
  const labels = isLabelled || isOne ? null : tellingLabels(files);
  return files.map((file, index) => {
    const label = labels === null ? {} : { label: labels[index] };
    return { ...values, ...label, ...fillAll(values, file) };
  });
}

function fillAll(values: Patterns, file: FoundFile): Patterns {
  const filled: Patterns = {};
  for (const flag of PATTERNS) {
    const pattern = values[flag];
    if (pattern !== undefined) filled[flag] = fill(flag, pattern, file);
  }
  return filled;
}

function fill(flag: string, pattern: string, { file, root }: FoundFile): string {
  const full = path.resolve(file);
  const folder = path.dirname(full);
  const parts: Record<string, string> = {
    name: stem(path.basename(full)),
    dir: path.basename(folder),
    parent: path.basename(path.dirname(folder)),
    path: stem(slashes(root === null ? file : path.relative(root, file))),
  };
  return pattern.replaceAll(PLACE, (place, name: string) => {
    const value = parts[name];
    if (value !== undefined) return value;
    const known = Object.keys(parts).map((part) => `{${part}}`);
    throw new UsageError(`--${flag} has ${place}, which is none of ${known.join(', ')}.`);
  });
}

/**
 * Below a folder the path from there: the label of a file must not change when another one comes beside it, or the same
 * file would be another submission. Of files that are named one by one what differs.
 */
function tellingLabels(files: readonly FoundFile[]): string[] {
  const named = files.filter(({ root }) => root === null);
  const differing = fileLabels(named.map(({ file }) => file));
  const labels = new Map(named.map((file, index) => [file, differing[index] ?? file.file]));
  return files.map((found) => {
    const { file, root } = found;
    return stem(root === null ? (labels.get(found) ?? file) : slashes(path.relative(root, file)));
  });
}

function slashes(file: string): string {
  return file.split(path.sep).join('/');
}

function stem(name: string): string {
  return name.replace(/\.(?:gz|zst)$/i, '').replace(/\.(?:jsonl|ndjson|json|eval|csv|tsv)$/i, '');
}
