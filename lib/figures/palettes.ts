/** Colours in the order of use; a series beyond the last is grey and told apart by its shape and dash. */
export interface Palette {
  readonly id: string;
  readonly label: string;
  readonly colours: readonly string[];
  readonly source: string;
}

/**
 * Each keeps a CIEDE2000 distance of 10 or more between any two of its colours under protanopia and deuteranopia, so that
 * Okabe and Ito's yellow, too pale for lines on white, and the colours of Tol that come near to others are left out.
 */
export const PALETTES: readonly Palette[] = [
  {
    id: 'okabe-ito',
    label: 'Okabe–Ito',
    colours: ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'],
    source: 'Okabe and Ito 2008, Color Universal Design',
  },
  {
    id: 'tol-bright',
    label: 'Tol bright',
    colours: ['#4477AA', '#EE6677', '#228833', '#CCBB44', '#66CCEE', '#AA3377'],
    source: 'Paul Tol, technical note SRON/EPS/TN/09-002',
  },
  {
    id: 'tol-high-contrast',
    label: 'Tol high contrast',
    colours: ['#004488', '#DDAA33', '#BB5566'],
    source: 'Paul Tol, technical note SRON/EPS/TN/09-002',
  },
];

export const INK = '#000000';
export const GREY = '#7A7A7A';
/** Behind the series: what belongs to all of them. */
export const FRONT = '#B4B4B4';
/** Of the grid; half a point wide. */
export const HAIR = '#DDDDDD';

export function getPalette(id: string): Palette {
  const palette = PALETTES.find((one) => one.id === id);
  if (palette === undefined) throw new RangeError(`There is no palette ${id}.`);
  return palette;
}
