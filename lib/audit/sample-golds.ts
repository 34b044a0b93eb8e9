import { createRng, type Rng } from '#lib/rng.ts';

/** One shape of reference after the other, so that a short list already has all of them. */
const SHAPES: readonly ((rng: Rng) => string)[] = [
  (rng) => String(rng.between(2, 9999)),
  (rng) => `\\frac{${String(rng.between(2, 19))}}{${String(rng.pick([23, 29, 31, 37]))}}`,
  (rng) => `${String(rng.between(1, 99))}.${String(rng.between(11, 99))}`,
  (rng) => `${String(rng.between(2, 9))}\\sqrt{${String(rng.pick([2, 3, 5, 7, 11]))}}`,
  (rng) => rng.pick(['A', 'B', 'C', 'D', 'E']),
  (rng) => `x^{${String(rng.between(2, 6))}}-${String(rng.between(2, 30))}x`,
  (rng) => `(${String(rng.between(-9, 9))}, ${String(rng.between(10, 30))})`,
  (rng) => `[${String(rng.between(1, 9))}, \\infty)`,
  (rng) => rng.pick(['yes', 'no']),
  (rng) => rng.pick(['Lisbon', 'photosynthesis', 'Tuesday', 'the red house']),
  (rng) => `{"count": ${String(rng.between(2, 50))}}`,
  (rng) => `-${String(rng.between(2, 500))}`,
];

/** References of many types, for attacks without a file of golds. */
export function sampleGolds(seed: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const shape = SHAPES[index % SHAPES.length];
    if (shape === undefined) throw new RangeError('There is no shape of a reference.');
    return shape(createRng('sample-gold', seed, index));
  });
}
