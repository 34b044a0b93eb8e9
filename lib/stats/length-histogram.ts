/**
 * Fixed bins for lengths, equal everywhere so that histograms of workers can be added. Lengths 0 to 127 have a bin each;
 * above, every doubling is cut into 64 equal bins: bin 64 × (k + 1) + j, for k ≥ 1, holds lengths from (64 + j) × 2^k to
 * (65 + j) × 2^k − 1. A bin's middle is less than 0.8 % from each of its lengths. The last bin holds all above 2^31.
 */
export const LENGTH_BIN_COUNT = 64 * 26;

const BINS_PER_OCTAVE = 64;

/** The bin of a length, which is a non-negative integer. */
export function lengthBin(length: number): number {
  if (length < 2 * BINS_PER_OCTAVE) return length;
  if (length >= 2 ** 31) return LENGTH_BIN_COUNT - 1;
  const shift = 25 - Math.clz32(length);
  return BINS_PER_OCTAVE * shift + (length >>> shift);
}

/** The smallest and largest length of a bin. */
export function lengthBinRange(bin: number): { from: number; to: number } {
  if (bin < 2 * BINS_PER_OCTAVE) return { from: bin, to: bin };
  const shift = Math.floor(bin / BINS_PER_OCTAVE) - 1;
  const width = 2 ** shift;
  const from = (bin - BINS_PER_OCTAVE * shift) * width;
  return { from, to: from + width - 1 };
}

/** One bar of a drawn histogram: lengths `from` to `to`, both included. */
export interface LengthBar {
  from: number;
  to: number;
  counts: number[];
}

/** Histograms over the fixed bins, coarsened to `barsPerOctave` (a divisor of 64) and cut to where something lies. */
export function toLengthBars(histograms: readonly Uint32Array[], barsPerOctave = 4): LengthBar[] {
  const bars = new Map<number, LengthBar>();
  const edges = (index: number): LengthBar => ({
    from: barEdge(index, barsPerOctave),
    to: barEdge(index + 1, barsPerOctave) - 1,
    counts: histograms.map(() => 0),
  });
  histograms.forEach((histogram, series) => {
    histogram.forEach((count, bin) => {
      if (count === 0) return;
      const index = barIndex(lengthBinRange(bin).from, barsPerOctave);
      const bar = bars.get(index) ?? edges(index);
      bar.counts[series] = (bar.counts[series] ?? 0) + count;
      bars.set(index, bar);
    });
  });
  if (bars.size === 0) return [];
  const first = Math.min(...bars.keys());
  const last = Math.max(...bars.keys());
  return Array.from(
    { length: last - first + 1 },
    (_, i) => bars.get(first + i) ?? edges(first + i),
  ).filter((bar) => bar.to >= bar.from);
}

/** Bars follow the octaves of the bins; lengths under 16 share the first bar, where octaves are too thin to draw. */
function barIndex(length: number, barsPerOctave: number): number {
  if (length < 16) return 0;
  const octave = Math.floor(Math.log2(length));
  return 1 + (octave - 4) * barsPerOctave + Math.floor((length / 2 ** octave - 1) * barsPerOctave);
}

function barEdge(index: number, barsPerOctave: number): number {
  if (index === 0) return 0;
  const octave = 4 + Math.floor((index - 1) / barsPerOctave);
  const part = (index - 1) % barsPerOctave;
  return Math.ceil(2 ** octave * (1 + part / barsPerOctave));
}
