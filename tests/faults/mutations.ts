import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#lib/errors.ts';
import type { Importer } from '#lib/importers/importer.ts';
import { inspectFile } from '#lib/ingest/inspect-file.ts';
import { createRng, type Rng } from '#lib/rng.ts';
import { chunksOf } from '../unit/ingest/byte-source.ts';

const FIXTURES = 'tests/fixtures/importers';

/** What writers, cuts and attackers put where something else is expected. */
const HOSTILE: readonly string[] = [
  'null',
  '[]',
  '{}',
  '""',
  '-1',
  '1e999',
  'NaN',
  '9007199254740993',
  '"\\u0000"',
  '"\\ud800"',
  '{"__proto__":{"x":1}}',
  `${'['.repeat(80)}${']'.repeat(80)}`,
  '"<script>alert(1)</script>"',
  `"${'x'.repeat(5_000)}"`,
];

/** Every input file below the fixtures of an importer. */
export function inputFiles(importer: Importer): { name: string; bytes: Uint8Array }[] {
  const folder = path.join(FIXTURES, importer.id);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.includes('input'))
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return { name: entry.name, bytes: readFileSync(file) };
    });
}

/** Reads `count` damaged copies of an importer's inputs, named and recognised by turns. Throws at what is not an answer. */
export async function readMutations(
  importer: Importer,
  count: number,
  seed: number,
): Promise<void> {
  const files = inputFiles(importer);
  for (let index = 0; index < count; index += 1) {
    const rng = createRng('mutation', importer.id, seed, index);
    const { name, bytes } = rng.pick(files);
    const damaged = damage(bytes, rng);
    try {
      await inspectFile({
        file: name,
        importer: index % 4 === 0 ? null : importer,
        open: () => Promise.resolve(chunksOf(damaged)),
      });
    } catch (error) {
      if (error instanceof AppError && error.code !== 'internal') continue;
      throw new Error(
        `Mutation ${String(index)} of seed ${String(seed)} breaks ${importer.id} on ${name}.`,
        { cause: error },
      );
    }
  }
}

function damage(bytes: Uint8Array, rng: Rng): Uint8Array {
  let result = Buffer.from(bytes);
  for (let round = rng.between(1, 3); round > 0; round -= 1) result = damageOnce(result, rng);
  return result;
}

function damageOnce(bytes: Buffer<ArrayBuffer>, rng: Rng): Buffer<ArrayBuffer> {
  if (bytes.length < 2) return bytes;
  const at = rng.below(bytes.length);
  const to = Math.min(bytes.length, at + rng.between(1, 40));
  switch (rng.below(7)) {
    case 0: {
      const copy = Buffer.from(bytes);
      copy[at] = rng.below(256);
      return copy;
    }
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 2:
      return Buffer.from(bytes.subarray(0, at));
    case 3:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 4:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([0xff, 0xc0, 0x00, rng.below(256)]),
        bytes.subarray(at),
      ]);
    default:
      return replaceValue(bytes, at, rng);
  }
}

/** Puts a hostile value in the place of the next JSON value behind a colon. */
function replaceValue(bytes: Buffer<ArrayBuffer>, at: number, rng: Rng): Buffer<ArrayBuffer> {
  const colon = bytes.indexOf(0x3a, at);
  if (colon === -1) return bytes;
  const rest = bytes.subarray(colon + 1).toString('latin1');
  const value = /^\s*(?:"(?:[^"\\]|\\.)*"|[\d.eE+-]+|true|false|null)/s.exec(rest)?.[0];
  if (value === undefined) return bytes;
  return Buffer.concat([
    bytes.subarray(0, colon + 1),
    Buffer.from(rng.pick(HOSTILE)),
    bytes.subarray(colon + 1 + value.length),
  ]);
}
