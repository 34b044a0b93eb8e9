import { createRng } from '#lib/rng.ts';

/** A stream of the given chunks. */
export async function* chunksOf(
  ...chunks: readonly (string | Uint8Array)[]
): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    await Promise.resolve();
    yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  }
}

/** The bytes cut at random places, also inside characters. */
export function cutRandomly(bytes: Uint8Array, seed: number): AsyncGenerator<Uint8Array> {
  const rng = createRng('cut', seed);
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const size = rng.pick([1, 2, 3, 7, 50, 1000, 70_000]);
    chunks.push(bytes.subarray(from, from + size));
    from += size;
  }
  return chunksOf(...chunks);
}

/** Everything a generator yields. */
export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of source) all.push(value);
  return all;
}
