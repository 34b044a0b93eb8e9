import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '#lib/env.ts';

const SKIPPED = new Set(['node_modules', 'generated', 'fixtures', 'published', 'migrations']);

/** TypeScript of our own below a folder, as paths from the root, sorted. */
export function sourceFiles(folder: string): string[] {
  const files: string[] = [];
  for (const entry of readdirSync(path.join(ROOT, folder), { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) files.push(...sourceFiles(inside));
    } else if (/\.tsx?$/.test(entry.name)) files.push(inside);
  }
  return files.sort();
}
