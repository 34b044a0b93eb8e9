import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '#lib/env.ts';
import { sourceFiles } from './source-files.ts';

const LINE = /^export \{ \w+ \} from '\.\/(?<file>[^/']+)\.ts';$/;

const folders = sourceFiles('lib')
  .filter((file) => path.basename(file) === 'all.ts')
  .map((file) => path.dirname(file));

/** A plug-in names itself: that is how one is told from the files that serve it. */
async function listPlugIns(folder: string, file: string): Promise<string[]> {
  const exports = (await import(path.join(ROOT, folder, file))) as Record<string, unknown>;
  return Object.values(exports).flatMap((value) =>
    typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
      ? [value.id]
      : [],
  );
}

test('there are registries to look at', () => {
  expect(folders.length).toBeGreaterThanOrEqual(5);
});

describe.each(folders)('%s', (folder) => {
  const lines = readFileSync(path.join(ROOT, folder, 'all.ts'), 'utf8')
    .trimEnd()
    .split('\n');
  const listed = lines.map((line) => LINE.exec(line)?.groups?.file ?? `not a plain line: ${line}`);

  test('all.ts holds one line for each plug-in of the folder', async () => {
    const found: string[] = [];
    for (const file of readdirSync(path.join(ROOT, folder)).sort()) {
      if (!file.endsWith('.ts') || file === 'all.ts' || file === 'index.ts') continue;
      if ((await listPlugIns(folder, file)).length > 0) found.push(file.replace(/\.ts$/, ''));
    }
    expect([...listed].sort()).toEqual(found.sort());
  });

  test('a plug-in is called like its file', async () => {
    for (const file of listed) expect(await listPlugIns(folder, `${file}.ts`)).toEqual([file]);
  });
});
