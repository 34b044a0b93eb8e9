import { createRng } from '../rng.ts';
import type { Field, FieldPoint } from './modular.ts';

/** A point of a finite field without the way in which functions are read there. */
export type FieldPlace = Pick<FieldPoint, 'field' | 'values'>;

interface Draw {
  /** Parts one use from another, so that each has points of its own. */
  readonly seed: string;
  readonly fields: readonly Field[];
  /** Points in every field. */
  readonly count: number;
}

const MAX_KNOWN = 200;
const MAX_KEY = 100;
const known = new Map<string, readonly FieldPlace[]>();

/** Random points for the letters, field by field. They follow from seed and letters alone, so they are drawn once only. */
export function fieldPoints(draw: Draw, symbols: readonly string[]): readonly FieldPlace[] {
  const key = [draw.seed, ...symbols].join('\u0000');
  const found = known.get(key);
  if (found !== undefined) return found;
  const rng = createRng(draw.seed, ...symbols);
  const points = draw.fields.flatMap((field) =>
    Array.from({ length: draw.count }, () => ({
      field,
      values: new Map(symbols.map((name) => [name, rng.between(2, field.p - 2)])),
    })),
  );
  if (key.length > MAX_KEY) return points;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, points);
  return points;
}
