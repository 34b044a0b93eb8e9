/** What a venue asks of a figure. Lengths in inches, sizes in PDF points (1/72 inch). */
export interface Venue {
  readonly id: string;
  readonly label: string;
  /** Of one column and of the whole text; equal where there is one column only. */
  readonly widths: { readonly one: number; readonly two: number };
  /** The height of the text: how wide a table on its side may be. */
  readonly length: number;
  readonly family: 'serif' | 'sans';
  readonly sizes: FontSizes;
  /** No text may be smaller. */
  readonly smallest: number;
}

export interface FontSizes {
  readonly label: number;
  readonly tick: number;
  readonly legend: number;
  readonly title: number;
  /** Beside points. */
  readonly note: number;
}

const TEN_POINT: FontSizes = { label: 9, tick: 8, legend: 8, title: 9, note: 7 };
const NARROW: FontSizes = { label: 8, tick: 7, legend: 7, title: 8, note: 6.5 };

const serif = (
  id: string,
  label: string,
  [one, two, length]: [number, number, number],
  sizes: FontSizes,
): Venue => ({
  id,
  label,
  widths: { one, two },
  length,
  family: 'serif',
  sizes,
  smallest: 6,
});

/** Text widths and heights of the style files; Nature and IEEE as their guides for authors print them. */
export const VENUES: readonly Venue[] = [
  serif('neurips', 'NeurIPS', [5.5, 5.5, 9], TEN_POINT),
  serif('iclr', 'ICLR', [5.5, 5.5, 9], TEN_POINT),
  serif('icml', 'ICML, AISTATS, UAI', [3.25, 6.75, 9], NARROW),
  serif('acl', 'ACL family', [3.03, 6.3, 9.7], NARROW),
  serif('aaai', 'AAAI', [3.3, 6.975, 9], NARROW),
  serif('cvpr', 'CVPR, ICCV', [3.25, 6.875, 8.875], NARROW),
  serif('eccv', 'ECCV (LNCS)', [4.8, 4.8, 7.6], NARROW),
  serif('jmlr', 'JMLR', [6, 6, 8], TEN_POINT),
  serif('tmlr', 'TMLR', [6.5, 6.5, 9], TEN_POINT),
  {
    id: 'nature',
    label: 'Nature',
    widths: { one: 89 / 25.4, two: 183 / 25.4 },
    length: 247 / 25.4,
    family: 'sans',
    sizes: { label: 7, tick: 6, legend: 6, title: 7, note: 5.5 },
    smallest: 5,
  },
  serif('ieee', 'IEEE', [3.5, 7.16, 9], { ...NARROW, label: 8, legend: 7 }),
];

export type VenueId = string;

export function getVenue(id: VenueId): Venue {
  const venue = VENUES.find((one) => one.id === id);
  if (venue === undefined) throw new RangeError(`There is no venue ${id}.`);
  return venue;
}

/** Where a figure gives no height: the golden section of its width. */
export const HEIGHT_RATIO = 1.618;
