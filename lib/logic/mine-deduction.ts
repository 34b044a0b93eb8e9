/** A revealed number and the hidden cells around it. */
interface Clue {
  readonly cells: readonly number[];
  readonly count: number;
}

export interface Deduction {
  /** Hidden cells that hold a mine in every arrangement that fits the numbers, in reading order. */
  readonly mines: readonly number[];
  /** The mines that the rule "as many hidden neighbours as missing mines" alone finds. */
  readonly plainMines: number;
  readonly nodes: number;
  /** False when a proof was given up, so that a mine may be missing. */
  readonly isExact: boolean;
}

const MAX_NODES = 4000;

/**
 * What certainly is a mine, by the numbers alone (the total of mines is not used). `truth` is one arrangement that
 * fits, where it is known: it spares most of the search. Null when no arrangement fits.
 */
export function deduceMines(
  grid: readonly (readonly string[])[],
  truth: readonly boolean[] | null,
): Deduction | null {
  const clues = cluesOf(grid);
  const width = grid[0]?.length ?? 0;
  const total = grid.length * width;
  const solver = createSolver(clues, total, truth);
  if (!solver.propagateAll()) return null;
  const plainMines = countPlain(clues, total);
  const mines: number[] = [];
  let isExact = true;
  // A mine in every arrangement is one in the known arrangement too.
  let candidates: number[] = [];
  for (let cell = 0; cell < total; cell += 1) {
    if (solver.value(cell) === 1) mines.push(cell);
    else if (
      solver.value(cell) === -1 &&
      solver.isOnFrontier(cell) &&
      (truth === null || truth[cell] === true)
    )
      candidates.push(cell);
  }
  while (candidates.length > 0) {
    const cell = candidates.pop() ?? 0;
    const outcome = solver.canBe(cell, 0);
    if (outcome === 'unknown') isExact = false;
    else if (outcome === 'no') {
      if (truth === null && solver.canBe(cell, 1) === 'no') return null;
      mines.push(cell);
      solver.fix(cell, 1);
    } else candidates = candidates.filter((other) => outcome.get(other) !== 0);
  }
  return { mines: mines.sort((a, b) => a - b), plainMines, nodes: solver.nodes(), isExact };
}

function cluesOf(grid: readonly (readonly string[])[]): Clue[] {
  const width = grid[0]?.length ?? 0;
  const clues: Clue[] = [];
  for (const [r, row] of grid.entries())
    for (const [c, text] of row.entries()) {
      if (!/^\d$/u.test(text)) continue;
      const cells: number[] = [];
      for (let y = r - 1; y <= r + 1; y += 1)
        for (let x = c - 1; x <= c + 1; x += 1) {
          const neighbour = grid[y]?.[x];
          if (neighbour !== undefined && !/^\d$/u.test(neighbour)) cells.push(y * width + x);
        }
      if (cells.length > 0) clues.push({ cells, count: Number(text) });
    }
  return clues;
}

/** The closure of the one rule that counts hidden neighbours and never looks for safe cells. */
function countPlain(clues: readonly Clue[], total: number): number {
  const isMine = new Uint8Array(total);
  let found = 0;
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const { cells, count } of clues) {
      if (cells.length !== count) continue;
      for (const cell of cells)
        if (isMine[cell] === 0) {
          isMine[cell] = 1;
          found += 1;
          isNew = true;
        }
    }
  }
  return found;
}

interface Solver {
  /** 1 mine, 0 safe, -1 open. */
  value(cell: number): number;
  isOnFrontier(cell: number): boolean;
  propagateAll(): boolean;
  fix(cell: number, value: number): void;
  /** An arrangement of the cells it had to look at, or that there is none, or that the search was given up. */
  canBe(cell: number, value: number): ReadonlyMap<number, number> | 'no' | 'unknown';
  nodes(): number;
}

function createSolver(
  clues: readonly Clue[],
  total: number,
  truth: readonly boolean[] | null,
): Solver {
  const values = new Int8Array(total).fill(-1);
  const cluesAt: number[][] = Array.from({ length: total }, () => []);
  for (const [index, { cells }] of clues.entries())
    for (const cell of cells) cluesAt[cell]?.push(index);
  const missing = Int8Array.from(clues, ({ count }) => count);
  const open = Int8Array.from(clues, ({ cells }) => cells.length);
  const trail: number[] = [];
  let nodes = 0;

  const assign = (cell: number, value: number): boolean => {
    if (values[cell] !== -1) return values[cell] === value;
    const start = trail.length;
    values[cell] = value;
    trail.push(cell);
    for (let at = start; at < trail.length; at += 1) {
      const current = trail[at] ?? 0;
      const set = values[current] ?? 0;
      let isFine = true;
      for (const index of cluesAt[current] ?? []) {
        missing[index] = (missing[index] ?? 0) - set;
        open[index] = (open[index] ?? 0) - 1;
      }
      for (const index of cluesAt[current] ?? []) isFine &&= settle(index);
      if (!isFine) {
        // The rest of the trail must be counted before it can be taken back.
        for (let rest = at + 1; rest < trail.length; rest += 1) count(trail[rest] ?? 0, 1);
        return false;
      }
    }
    return true;
  };
  const count = (cell: number, sign: number): void => {
    for (const index of cluesAt[cell] ?? []) {
      missing[index] = (missing[index] ?? 0) - sign * (values[cell] ?? 0);
      open[index] = (open[index] ?? 0) - sign;
    }
  };
  /** All or none of what is open follows from a clue; values are put on the trail and counted in their turn. */
  const settle = (index: number): boolean => {
    const need = missing[index] ?? 0;
    const room = open[index] ?? 0;
    if (need < 0 || need > room) return false;
    if (room === 0 || (need !== 0 && need !== room)) return true;
    const value = need === 0 ? 0 : 1;
    for (const cell of clues[index]?.cells ?? [])
      if (values[cell] === -1) {
        values[cell] = value;
        trail.push(cell);
      }
    return true;
  };
  const undo = (mark: number): void => {
    while (trail.length > mark) {
      const cell = trail.pop() ?? 0;
      count(cell, -1);
      values[cell] = -1;
    }
  };
  /** A clue that is touched but not settled, the tightest of the recent ones: conflicts show near the change. */
  const nextCell = (mark: number): number => {
    for (let at = mark; at < trail.length; at += 1)
      for (const index of cluesAt[trail[at] ?? 0] ?? []) {
        if ((open[index] ?? 0) === 0) continue;
        const cells = clues[index]?.cells ?? [];
        // What is open may stay as in the known arrangement when the clue is met that way.
        if (truth !== null) {
          let rest = missing[index] ?? 0;
          for (const cell of cells) if (values[cell] === -1 && truth[cell] === true) rest -= 1;
          if (rest === 0) continue;
        }
        return cells.find((cell) => values[cell] === -1) ?? -1;
      }
    return -1;
  };
  const complete = (mark: number, budget: { left: number }): boolean | null => {
    nodes += 1;
    budget.left -= 1;
    if (budget.left < 0) return null;
    const cell = nextCell(mark);
    if (cell === -1) return true;
    const here = trail.length;
    for (const value of [0, 1]) {
      if (assign(cell, value)) {
        const result = complete(mark, budget);
        if (result !== false) return result;
      }
      undo(here);
    }
    return false;
  };
  return {
    value: (cell) => values[cell] ?? -1,
    isOnFrontier: (cell) => (cluesAt[cell] ?? []).length > 0,
    propagateAll: () => {
      for (const index of clues.keys()) {
        const before = trail.length;
        if (!settle(index)) return false;
        const added = trail.splice(before);
        for (const cell of added) {
          const value = values[cell] ?? 0;
          values[cell] = -1;
          if (!assign(cell, value)) return false;
        }
      }
      return true;
    },
    fix(cell, value) {
      assign(cell, value);
    },
    canBe(cell, value) {
      const mark = trail.length;
      let result: boolean | null = assign(cell, value);
      if (result) result = complete(mark, { left: MAX_NODES });
      const found = new Map(trail.slice(mark).map((at) => [at, values[at] ?? 0]));
      undo(mark);
      if (result === null) return 'unknown';
      return result ? found : 'no';
    },
    nodes: () => nodes,
  };
}
