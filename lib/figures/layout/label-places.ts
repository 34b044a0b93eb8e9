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
/** Worse than any place. */
const NOWHERE = 1000;

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
 * First in the order given; then each is tried again with the others in place, which undoes the worst of a greedy start; at
 * last a text that is badly off takes the place of one other where both together stand better.
 */
export function choosePlaces(
  texts: readonly (readonly Candidate[])[],
  obstacles: Obstacles,
  area: Box,
): (Box | null)[] {
  const places: (Candidate | null)[] = texts.map(() => null);
  const best = (index: number, taken: readonly (Candidate | null)[]) =>
    bestPlace(
      texts[index] ?? [],
      { ...obstacles, boxes: [...obstacles.boxes, ...taken.flatMap((one) => one?.box ?? [])] },
      area,
    );
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const index of texts.keys()) places[index] = best(index, places.with(index, null));
  }
  for (const index of texts.keys()) {
    const wished = best(index, []);
    if (wished === null || costOf(places[index]) <= wished.cost) continue;
    const inTheWay = [...texts.keys()].filter((other) => {
      const box = places[other]?.box;
      return other !== index && box !== undefined && overlaps(box, wished.box);
    });
    const [other] = inTheWay;
    if (other === undefined || inTheWay.length > 1) continue;
    const moved = best(other, places.with(index, wished).with(other, null));
    const now = costOf(places[index]) + costOf(places[other]);
    if (wished.cost + costOf(moved) >= now) continue;
    places[index] = wished;
    places[other] = moved;
  }
  return places.map((place) => place?.box ?? null);
}

function costOf(place: Candidate | null | undefined): number {
  return place?.cost ?? NOWHERE;
}

function bestPlace(
  choices: readonly Candidate[],
  obstacles: Obstacles,
  area: Box,
): Candidate | null {
  let best: Candidate | null = null;
  for (const { box, cost } of choices) {
    if (best !== null && cost >= best.cost) continue;
    if (!isInside(box, area) || obstacles.boxes.some((other) => overlaps(box, other))) continue;
    const crossed = obstacles.lines.filter((line) => meets(line, box)).length;
    const total = cost + crossed * CROSSING;
    if (best === null || total < best.cost) best = { box, cost: total };
  }
  return best;
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
