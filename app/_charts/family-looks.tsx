/** How a family is drawn: colour and shape say the same, so that neither has to be seen. */
export interface FamilyLook {
  colour: string;
  shape: MarkShape;
}

export type MarkShape =
  'star' | 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'wedge' | 'bar';

const SHAPES: readonly MarkShape[] = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'cross',
  'wedge',
  'bar',
];
/** Places in the palette; neighbours differ most, and the two blues are far apart. */
const COLOURS = [1, 2, 3, 4, 5, 7, 6] as const;

export const NO_FAMILY: FamilyLook = { colour: 'var(--family-8)', shape: 'circle' };
const BASE: FamilyLook = { colour: 'var(--family-0)', shape: 'star' };

/** By name, so that a filter does not repaint what stays; bases are ink stars. */
export function familyLooks(
  families: readonly string[],
  bases: ReadonlySet<string>,
): ReadonlyMap<string, FamilyLook> {
  const names = [...new Set(families)].filter((name) => !bases.has(name)).sort();
  const looks = new Map<string, FamilyLook>([...bases].map((name) => [name, BASE]));
  names.forEach((name, index) => {
    const colour = `var(--family-${COLOURS[index] ?? 8})`;
    looks.set(name, { colour, shape: SHAPES[index % SHAPES.length] ?? 'circle' });
  });
  return looks;
}

/** The outline of a mark around (0, 0); every shape has about the same area. */
export function markPath(shape: MarkShape): string {
  switch (shape) {
    case 'circle':
      return 'M4.6 0A4.6 4.6 0 1 1-4.6 0A4.6 4.6 0 1 1 4.6 0Z';
    case 'square':
      return 'M-4.1-4.1H4.1V4.1H-4.1Z';
    case 'triangle':
      return 'M0-5.4L5.2 3.8H-5.2Z';
    case 'diamond':
      return 'M0-5.7L5.2 0L0 5.7L-5.2 0Z';
    case 'cross':
      return 'M-1.8-5.2H1.8V-1.8H5.2V1.8H1.8V5.2H-1.8V1.8H-5.2V-1.8H-1.8Z';
    case 'wedge':
      return 'M0 5.4L5.2-3.8H-5.2Z';
    case 'bar':
      return 'M-5.4-2.8H5.4V2.8H-5.4Z';
    case 'star':
      return 'M0-7L1.9-2.4L6.7-2.2L2.9 .9L4.2 5.6L0 2.9L-4.2 5.6L-2.9 .9L-6.7-2.2L-1.9-2.4Z';
  }
}

/** A mark by itself, for legends and hover cards. */
export function MarkIcon({ look, isHollow = false }: { look: FamilyLook; isHollow?: boolean }) {
  return (
    <svg aria-hidden viewBox="-8 -8 16 16" className="size-3.5 shrink-0">
      <path
        d={markPath(look.shape)}
        fill={isHollow ? 'var(--ground-paper)' : look.colour}
        stroke={look.colour}
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
    </svg>
  );
}
