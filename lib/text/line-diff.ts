/** A line of two texts laid over each other. */
export interface DiffLine {
  side: 'both' | 'left' | 'right';
  text: string;
}

/** Beyond this many changes two texts have little in common, and the search would take its square in time and memory. */
const MOST_CHANGES = 1500;

/** The fewest lines taken out and put in that make the left the right (Myers 1986, the greedy algorithm). */
export function diffLines(left: readonly string[], right: readonly string[]): DiffLine[] {
  const [n, m] = [left.length, right.length];
  const limit = Math.min(n + m, MOST_CHANGES);
  const middle = limit + 1;
  const furthest = new Int32Array(2 * middle + 1);
  const history: Int32Array[] = [];
  for (let changes = 0; changes <= limit; changes += 1) {
    history.push(furthest.slice());
    for (let k = -changes; k <= changes; k += 2) {
      let x = isDown(furthest, middle, { k, changes })
        ? (furthest[middle + k + 1] ?? 0)
        : (furthest[middle + k - 1] ?? 0) + 1;
      while (x < n && x - k < m && left[x] === right[x - k]) x += 1;
      furthest[middle + k] = x;
      if (x >= n && x - k >= m) return walkBack(left, right, { history, middle });
    }
  }
  return [
    ...left.map((text) => ({ side: 'left' as const, text })),
    ...right.map((text) => ({ side: 'right' as const, text })),
  ];
}

function isDown(
  furthest: Int32Array,
  middle: number,
  { k, changes }: { k: number; changes: number },
): boolean {
  if (k === -changes) return true;
  if (k === changes) return false;
  return (furthest[middle + k - 1] ?? 0) < (furthest[middle + k + 1] ?? 0);
}

function walkBack(
  left: readonly string[],
  right: readonly string[],
  { history, middle }: { history: readonly Int32Array[]; middle: number },
): DiffLine[] {
  const lines: DiffLine[] = [];
  let [x, y] = [left.length, right.length];
  for (let changes = history.length - 1; changes >= 0; changes -= 1) {
    const furthest = history[changes] ?? new Int32Array();
    const k = x - y;
    const before = isDown(furthest, middle, { k, changes }) ? k + 1 : k - 1;
    const fromX = changes === 0 ? 0 : (furthest[middle + before] ?? 0);
    const fromY = changes === 0 ? 0 : fromX - before;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      lines.push({ side: 'both', text: left[x] ?? '' });
    }
    if (changes === 0) break;
    if (x === fromX) lines.push({ side: 'right', text: right[(y -= 1)] ?? '' });
    else lines.push({ side: 'left', text: left[(x -= 1)] ?? '' });
  }
  return lines.reverse();
}
