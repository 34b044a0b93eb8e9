/** A text that wants to stand beside a point, in pixels. */
export interface LabelWish {
  id: string;
  text: string;
  x: number;
  y: number;
}

export interface PlacedLabel extends LabelWish {
  left: number;
  baseline: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Of Inter at 11 px, measured as a mean over the labels of the published tables; wider than most single words need. */
const CHARACTER_WIDTH = 6.3;
const HEIGHT = 13;
const GAP = 9;

/** Places labels in order of importance; one that would cover a mark, another label or the edge is left out. */
export function placeLabels(
  wishes: readonly LabelWish[],
  marks: readonly { x: number; y: number }[],
  area: { left: number; top: number; right: number; bottom: number },
): PlacedLabel[] {
  const taken: Box[] = [];
  const placed: PlacedLabel[] = [];
  for (const wish of wishes) {
    const width = wish.text.length * CHARACTER_WIDTH;
    const candidates = [
      { left: wish.x - width - GAP, top: wish.y - HEIGHT - 3 },
      { left: wish.x + GAP, top: wish.y + 3 },
      { left: wish.x + GAP, top: wish.y - HEIGHT / 2 },
      { left: wish.x - width - GAP, top: wish.y - HEIGHT / 2 },
      { left: wish.x - width / 2, top: wish.y - HEIGHT - GAP },
      { left: wish.x - width / 2, top: wish.y + GAP },
      { left: wish.x + GAP, top: wish.y - HEIGHT - 6 },
    ].map(({ left, top }) => ({ left, top, right: left + width, bottom: top + HEIGHT }));
    const box = candidates.find(
      (one) =>
        isInside(one, area) &&
        taken.every((other) => !overlaps(one, other)) &&
        marks.every((mark) => isOwn(mark, wish) || !overlaps(one, around(mark))),
    );
    if (box === undefined) continue;
    taken.push(box);
    placed.push({ ...wish, left: box.left, baseline: box.bottom - 3 });
  }
  return placed;
}

/** A label this near to another mark would be read as its name. */
function around({ x, y }: { x: number; y: number }): Box {
  return { left: x - 11, right: x + 11, top: y - 8, bottom: y + 8 };
}

function isOwn(mark: { x: number; y: number }, wish: LabelWish): boolean {
  return mark.x === wish.x && mark.y === wish.y;
}

function isInside(box: Box, area: Box): boolean {
  return (
    box.left >= area.left &&
    box.right <= area.right &&
    box.top >= area.top &&
    box.bottom <= area.bottom
  );
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
