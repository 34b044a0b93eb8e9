import type { Rng } from '#lib/rng.ts';
import { gridNeighbours } from './grid-neighbours.ts';

/**
 * A random path through all cells of a square, by backbite moves: an end joins itself to a neighbour on the path, and
 * the edge that this makes superfluous is cut, which turns one end of the path round.
 */
export function randomHamiltonPath(rng: Rng, size: number): number[] {
  const near = gridNeighbours(size);
  const path = Array.from({ length: size * size }, (_, at) => {
    const row = Math.floor(at / size);
    return row % 2 === 0 ? at : row * size + size - 1 - (at % size);
  });
  const places = new Int32Array(path.length);
  for (const [place, cell] of path.entries()) places[cell] = place;
  const reverse = (from: number, to: number): void => {
    for (let low = from, high = to; low < high; low += 1, high -= 1) {
      const cell = path[low] ?? 0;
      const other = path[high] ?? 0;
      path[low] = other;
      path[high] = cell;
      places[other] = low;
      places[cell] = high;
    }
  };
  const last = path.length - 1;
  // n³ moves mix well; small squares get a few more.
  const moves = Math.max(size ** 3, 10 * size ** 2);
  for (let move = 0; move < moves; move += 1) {
    const isFront = rng.below(2) === 0;
    const cell = rng.pick(near[path[isFront ? 0 : last] ?? 0] ?? []);
    const place = places[cell] ?? 0;
    if (isFront) reverse(0, place - 1);
    else reverse(place + 1, last);
  }
  return path;
}
