import type { Plot } from '../plot.ts';
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

/** Of the size of tick labels: what a named place has where nobody asked for a height. */
const PLACE = 2.6;
/** Of the size of labels: axes, ticks and legend beside the places. */
const AROUND = 6;

export function toStyle(spec: FigureSpec, plot: Plot): FigureStyle {
  const venue = getVenue(spec.venue);
  const inches = spec.columns === 1 ? venue.widths.one : venue.widths.two;
  const width = inches * POINTS_PER_INCH;
  return {
    venue,
    palette: getPalette(spec.palette),
    width,
    height: spec.height === null ? usualHeight(plot, venue, width) : spec.height * POINTS_PER_INCH,
    labels: spec.labels,
    hasIntervals: spec.intervals,
  };
}

/** The golden ratio, and less where a few names would stand far apart. */
function usualHeight({ panels }: Plot, { sizes }: Venue, width: number): number {
  const golden = width / HEIGHT_RATIO;
  const places = panels.flatMap(({ y, x, layers }) => {
    if (y.kind !== 'category' || x.kind === 'category') return [];
    const lanes = Math.max(1, ...layers.map((one) => (one.mark === 'bars' ? one.lane.of : 1)));
    return [y.names.length * Math.max(1, lanes / 2)];
  });
  if (places.length < panels.length) return golden;
  return Math.min(golden, Math.max(...places) * sizes.tick * PLACE + sizes.label * AROUND);
}
