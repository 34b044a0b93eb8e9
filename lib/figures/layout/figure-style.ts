import type { FigureSpec } from '../spec.ts';
import { getPalette, type Palette } from '../palettes.ts';
import { getVenue, HEIGHT_RATIO, type Venue } from '../venues.ts';

/** Everything of a spec that the layout needs, in points. */
export interface FigureStyle {
  venue: Venue;
  palette: Palette;
  width: number;
  height: number;
  labels: FigureSpec['labels'];
  hasIntervals: boolean;
}

/** A PDF point is 1/72 inch; TeX's is 1/72.27, which LaTeX sorts out when it reads the page size. */
export const POINTS_PER_INCH = 72;

export function toStyle(spec: FigureSpec): FigureStyle {
  const venue = getVenue(spec.venue);
  const inches = spec.columns === 1 ? venue.widths.one : venue.widths.two;
  const width = inches * POINTS_PER_INCH;
  return {
    venue,
    palette: getPalette(spec.palette),
    width,
    height: spec.height === null ? width / HEIGHT_RATIO : spec.height * POINTS_PER_INCH,
    labels: spec.labels,
    hasIntervals: spec.intervals,
  };
}
