const bySize = new Map<number, readonly (readonly number[])[]>();

/** The cells that share an edge with each cell of a square, in reading order; made once a size. */
export function gridNeighbours(size: number): readonly (readonly number[])[] {
  const known = bySize.get(size);
  if (known !== undefined) return known;
  const lists = Array.from({ length: size * size }, (_, cell) => {
    const near: number[] = [];
    if (cell >= size) near.push(cell - size);
    if (cell % size > 0) near.push(cell - 1);
    if (cell % size < size - 1) near.push(cell + 1);
    if (cell < size * (size - 1)) near.push(cell + size);
    return near;
  });
  bySize.set(size, lists);
  return lists;
}

/** Whether the region of `cell` has other cells and stays in one piece without it. */
export function canLeave(cell: number, size: number, regions: ArrayLike<number>): boolean {
  const region = regions[cell];
  const near = gridNeighbours(size);
  const own = (near[cell] ?? []).filter((side) => regions[side] === region);
  const [start] = own;
  if (start === undefined) return false;
  if (own.length === 1) return true;
  // All neighbours must reach each other.
  const seen = new Uint8Array(size * size);
  seen[cell] = 1;
  seen[start] = 1;
  const queue = [start];
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const side of near[at] ?? [])
      if (regions[side] === region && seen[side] === 0) {
        seen[side] = 1;
        queue.push(side);
      }
  return own.every((side) => seen[side] === 1);
}
