import { createRng } from '../rng.ts';
import { keptBySymbols } from './kept-points.ts';
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

/** Gives random points for letters, field by field. */
export function fieldPoints({
  seed,
  fields,
  count,
}: Draw): (symbols: readonly string[]) => readonly FieldPlace[] {
  return keptBySymbols((symbols) => {
    const rng = createRng(seed, ...symbols);
    return fields.flatMap((field) =>
      Array.from({ length: count }, () => ({
        field,
        values: new Map(symbols.map((name) => [name, rng.between(2, field.p - 2)])),
      })),
    );
  });
}
