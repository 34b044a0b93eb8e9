import type { Rng } from '#lib/rng.ts';

export type Cell = number | string;
export type Rows = readonly (readonly Cell[])[];

/** What went wrong when a table was stored, with all that is needed to undo it. Rows and columns count from 0. */
export type Fault =
  | { readonly kind: 'error'; readonly values: readonly Cell[] }
  | { readonly kind: 'null'; readonly places: readonly (readonly [number, number])[] }
  | { readonly kind: 'merge-rows' }
  | { readonly kind: 'rotate-columns' }
  | { readonly kind: 'rotate-rows' }
  | { readonly kind: 'add-end-row' }
  | { readonly kind: 'add-end-column' };

export const FAULT_KINDS = [
  'error',
  'null',
  'merge-rows',
  'rotate-columns',
  'rotate-rows',
  'add-end-row',
  'add-end-column',
] as const;

export const JOINT = ' && ';

/** The stored form of a table and the description of its fault; `rate` is the share of cells that are hit. */
export function spoil(
  rng: Rng,
  rows: Rows,
  kind: Fault['kind'],
  rate: number,
): { stored: Rows; fault: Fault } {
  const width = rows[0]?.length ?? 0;
  if (kind === 'error' || kind === 'null') {
    const cells = rng
      .shuffle(Array.from({ length: rows.length * width }, (_, cell) => cell))
      .slice(0, Math.max(1, Math.round(rows.length * width * rate)));
    // Column by column, top to bottom.
    cells.sort((a, b) => (a % width) - (b % width) || a - b);
    const hit = new Set(cells);
    const place = (cell: number) => [Math.floor(cell / width), cell % width] as const;
    if (kind === 'error') {
      const stored = rows.map((row, r) =>
        row.map((cell, c) => (hit.has(r * width + c) ? 'ERROR' : cell)),
      );
      const values = cells.map((cell) => rows[Math.floor(cell / width)]?.[cell % width] ?? '');
      return { stored, fault: { kind, values } };
    }
    const stored = rows.map((row, r) => row.filter((_, c) => !hit.has(r * width + c)));
    return { stored, fault: { kind, places: cells.sort((a, b) => a - b).map(place) } };
  }
  const junk = (count: number) => Array.from({ length: count }, () => rng.between(1, 999));
  switch (kind) {
    case 'merge-rows':
      return {
        stored: rows.flatMap((row, r) => {
          const next = rows[r + 1];
          if (r % 2 === 1) return [];
          return [
            next === undefined ? row : row.map((cell, c) => `${cell}${JOINT}${next[c] ?? ''}`),
          ];
        }),
        fault: { kind },
      };
    case 'rotate-columns':
      return { stored: rotateColumns(rows, 1), fault: { kind } };
    case 'rotate-rows':
      return { stored: rotateRows(rows, 1), fault: { kind } };
    case 'add-end-row':
      return { stored: rows.map((row, r) => [...row, ...junk(r % 5)]), fault: { kind } };
    case 'add-end-column': {
      const extra = Array.from({ length: width - 1 }, (_, r) =>
        Array.from({ length: width }, (_cell, c) => (c > r ? (junk(1)[0] ?? 0) : '-')),
      );
      return { stored: [...rows, ...extra], fault: { kind } };
    }
  }
}

/** The table as it was; null marks a cell that was lost for good. */
export function undo(stored: Rows, fault: Fault, width: number): (Cell | null)[][] {
  switch (fault.kind) {
    case 'error': {
      const rows: (Cell | null)[][] = stored.map((row) => [...row]);
      let next = 0;
      for (let c = 0; c < width; c += 1)
        for (const row of rows)
          if (row[c] === 'ERROR') {
            row[c] = fault.values[next] ?? null;
            next += 1;
          }
      return rows;
    }
    case 'null': {
      const lost = new Set(fault.places.map(([r, c]) => r * width + c));
      const left = stored.flat();
      return Array.from({ length: (left.length + lost.size) / width }, (_, r) =>
        Array.from({ length: width }, (_cell, c) =>
          lost.has(r * width + c) ? null : (left.shift() ?? null),
        ),
      );
    }
    case 'merge-rows':
      return stored.flatMap((row) => {
        const parts = row.map((cell) => String(cell).split(JOINT));
        return Array.from({ length: parts[0]?.length ?? 1 }, (_, at) =>
          parts.map((list) => toCell(list[at] ?? '')),
        );
      });
    case 'rotate-columns':
      return rotateColumns(stored, -1).map((row) => [...row]);
    case 'rotate-rows':
      return rotateRows(stored, -1).map((row) => [...row]);
    case 'add-end-row':
      return stored.map((row) => row.slice(0, width));
    case 'add-end-column':
      return stored.slice(0, stored.length - (width - 1)).map((row) => [...row]);
  }
}

function toCell(text: string): Cell {
  return /^\d+$/u.test(text) ? Number(text) : text;
}

function rotateColumns(rows: Rows, direction: 1 | -1): Cell[][] {
  const height = rows.length;
  return rows.map((row, r) =>
    row.map((_, c) => rows[(((r - direction * c) % height) + height) % height]?.[c] ?? ''),
  );
}

function rotateRows(rows: Rows, direction: 1 | -1): Cell[][] {
  return rows.map((row, r) =>
    row.map((_, c) => row[(((c - direction * r) % row.length) + row.length) % row.length] ?? ''),
  );
}
