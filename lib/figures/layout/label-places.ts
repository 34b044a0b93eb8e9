import { isInside, overlaps, type Box } from '../box.ts';

/** A text that wants to stand beside a point. */
export interface LabelWish {
  width: number;
  height: number;
  x: number;
  y: number;
}

export interface Segment {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** What labels should keep away from: boxes never, lines where they can. */
export interface Obstacles {
  boxes: readonly Box[];
  lines: readonly Segment[];
}

/** A box that would do, and how much it is to be avoided. */
export interface Candidate {
  box: Box;
  cost: number;
}

const ROUNDS = 4;
/** As much as standing six points farther away. */
const CROSSING = 5.5;

/** A place for each label beside its point, or null where there is none. */
export function placeLabels(
  wishes: readonly LabelWish[],
  obstacles: Obstacles,
  area: Box,
): (Box | null)[] {
  return choosePlaces(
    wishes.map((wish) => [...candidates(wish)]),
    obstacles,
    area,
  );
}

/**
 * The cheapest candidate of each text that lies inside the area, over no box and no other text, or null where there is none.
 * First in the order given; then each is tried again with the others in place, which undoes the worst of a greedy start.
 */
export function choosePlaces(
  texts: readonly (readonly Candidate[])[],
  obstacles: Obstacles,
  area: Box,
): (Box | null)[] {
  const places: (Box | null)[] = texts.map(() => null);
  for (let round = 0; round < ROUNDS; round += 1) {
    texts.forEach((choices, index) => {
      const others = places.filter((box, other) => box !== null && other !== index) as Box[];
      places[index] = bestPlace(
        choices,
        { ...obstacles, boxes: [...obstacles.boxes, ...others] },
        area,
      );
    });
  }
  return places;
}

function bestPlace(choices: readonly Candidate[], obstacles: Obstacles, area: Box): Box | null {
  let best: Candidate | null = null;
  for (const { box, cost } of choices) {
    if (best !== null && cost >= best.cost) continue;
    if (!isInside(box, area) || obstacles.boxes.some((other) => overlaps(box, other))) continue;
    const crossed = obstacles.lines.filter((line) => meets(line, box)).length;
    const total = cost + crossed * CROSSING;
    if (best === null || total < best.cost) best = { box, cost: total };
  }
  return best?.box ?? null;
}

/**
 * Twelve directions at growing distances; the nearest and those above and at the right cost least. The steep ones stand close
 * to the point and yet beside its whiskers.
 */
function* candidates({ x, y, width, height }: LabelWish): Generator<Candidate> {
  const directions: readonly [number, number, number][] = [
    [1, -0.7, 0],
    [0, -1, 0.4],
    [-1, -0.7, 0.6],
    [1, 0, 0.3],
    [-1, 0, 0.8],
    [1, 0.7, 0.7],
    [0, 1, 0.9],
    [-1, 0.7, 1],
    [1, -1.4, 0.8],
    [-1, -1.4, 1.2],
    [1, 1.4, 1.4],
    [-1, 1.4, 1.6],
  ];
  for (const distance of [1.5, 3, 5, 8]) {
    for (const [dx, dy, cost] of directions) {
      const gapX = dx * distance;
      const left = dx > 0 ? x + gapX : dx < 0 ? x + gapX - width : x - width / 2;
      const reach = dy * (distance + height / 2);
      const top = y - height / 2 + (dx === 0 ? dy * (distance + height / 2) : reach);
      yield {
        box: { left, top, right: left + width, bottom: top + height },
        cost: cost + distance * 0.9,
      };
    }
  }
}

/** Clips the segment to the box (Liang and Barsky 1984): something is left when they meet. */
function meets({ x1, y1, x2, y2 }: Segment, box: Box): boolean {
  let [start, end] = [0, 1];
  const [dx, dy] = [x2 - x1, y2 - y1];
  for (const [p, q] of [
    [-dx, x1 - box.left],
    [dx, box.right - x1],
    [-dy, y1 - box.top],
    [dy, box.bottom - y1],
  ] as const) {
    if (p === 0) {
      if (q < 0) return false;
      continue;
    }
    const at = q / p;
    if (p < 0) start = Math.max(start, at);
    else end = Math.min(end, at);
    if (start > end) return false;
  }
  return true;
}
