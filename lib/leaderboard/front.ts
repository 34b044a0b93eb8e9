/** A run in the plane of cost and quality: fewer tokens and more accuracy are better. Both numbers are finite. */
export interface FrontPoint {
  runId: string;
  tokens: number;
  accuracy: number;
}

/** No worse on both axes and better on one. */
export function dominates(p: FrontPoint, q: FrontPoint): boolean {
  return (
    p.tokens <= q.tokens &&
    p.accuracy >= q.accuracy &&
    (p.tokens < q.tokens || p.accuracy > q.accuracy)
  );
}

/**
 * The points that no other dominates, from few tokens to many. Equal points are all kept: dropping one of two equal runs
 * would hide a result for the order of its upload.
 */
export function paretoFront(points: readonly FrontPoint[]): FrontPoint[] {
  const sorted = [...points].sort(
    (a, b) => a.tokens - b.tokens || b.accuracy - a.accuracy || (a.runId < b.runId ? -1 : 1),
  );
  const front: FrontPoint[] = [];
  for (const point of sorted) {
    const last = front.at(-1);
    const isEqual = last?.tokens === point.tokens && last.accuracy === point.accuracy;
    if (last === undefined || isEqual || point.accuracy > last.accuracy) front.push(point);
  }
  return front;
}

/**
 * The points of the front that dominate a point. Enough to say by whom it is beaten: what any other point dominates, a
 * point of the front dominates too.
 */
export function listDominators(point: FrontPoint, front: readonly FrontPoint[]): FrontPoint[] {
  return front.filter((other) => dominates(other, point));
}
