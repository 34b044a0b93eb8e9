import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '#lib/env.ts';
import { sourceFiles } from './source-files.ts';

const FOLDERS = ['app', 'lib', 'scripts', 'tests'];
const files = FOLDERS.flatMap(sourceFiles);
const texts = new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]));

/** Prose and set-up, which speak to readers as much as the code does. */
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...markdownIn('docs')];

function markdownIn(folder: string): string[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join(folder, file));
}

/** `file:line` of every line that matches. */
function placesOf(pattern: RegExp, among: readonly string[] = files): string[] {
  return among.flatMap((file) => {
    const target = path.join(ROOT, file);
    if (!existsSync(target)) return [`${file} is missing`];
    const lines = (texts.get(file) ?? readFileSync(target, 'utf8')).split('\n');
    return lines.flatMap((line, index) =>
      pattern.test(line) ? [`${file}:${String(index + 1)}: ${line.trim()}`] : [],
    );
  });
}

test("'use client' opens a file exactly when its name ends in .client.ts or .client.tsx", () => {
  // Next wants its error boundaries to run in the browser and gives their names.
  const isClient = (file: string) => /\.client\.tsx?$|\/(?:global-)?error\.tsx$/.test(file);
  const marked = files.filter((file) => /^['"]use client['"];?\n/.test(texts.get(file) ?? ''));
  expect(marked).toEqual(files.filter(isClient));
});

test('files are in kebab-case', () => {
  // Folders of routes in brackets and underscores are the grammar of Next.
  const odd = files.filter(
    (file) => !/^[a-z0-9]+(?:[-.][a-z0-9]+)*\.tsx?$/.test(path.basename(file)),
  );
  expect(odd).toEqual([]);
});

test('no file collects leftovers', () => {
  const drawer = /^(?:utils?|helpers?|misc|common|types?|interfaces?|constants?)\.tsx?$/;
  expect(files.filter((file) => drawer.test(path.basename(file)))).toEqual([]);
});

test('nothing is left to do, and nothing tells its history by ticket numbers', () => {
  // Written small here, else this line would find itself.
  const marks = ['todo', 'fixme', 'xxx'].map((mark) => mark.toUpperCase());
  const unfinished = new RegExp(`\\b(?:${marks.join('|')})\\b`);
  expect(placesOf(unfinished)).toEqual([]);
  expect(placesOf(/\b(?:issue|ticket|PR) ?#?\d/i)).toEqual([]);
});

test('no place names a folder of somebody’s machine', () => {
  const machine = /(?<![\w.)}\]])\/(?:home|root|work|Users)\//;
  expect(placesOf(machine)).toEqual([]);
  expect(placesOf(machine, documents)).toEqual([]);
});

test('only tests know of data beside the project', () => {
  const outside = files.filter((file) => !file.startsWith('tests/'));
  expect(placesOf(/\.\.\/shared\//, [...outside, ...documents])).toEqual([]);
});
