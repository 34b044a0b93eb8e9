import type { DataReader } from '../figure-data.ts';
import type { Layer, Plot } from '../plot.ts';

/** The rows that one `\addplot` reads, in the order in which it joins them. */
export interface PlotBlock {
  number: number;
  rows: readonly number[];
}

export interface LayerBlocks {
  own: PlotBlock;
  /** Points whose interval is known, by axis. */
  xWhiskers: PlotBlock | null;
  yWhiskers: PlotBlock | null;
  yRange: PlotBlock | null;
}

/**
 * Numbers every layer of a plot. PGFPlots can choose rows but not order them, and a row left out between two others breaks
 * a line: the CSV of the picture therefore holds each layer as a block of its own.
 */
export function numberBlocks(plot: Plot, reader: DataReader): ReadonlyMap<Layer, LayerBlocks> {
  const blocks = new Map<Layer, LayerBlocks>();
  let number = 0;
  const block = (rows: readonly number[]): PlotBlock => ({ number: (number += 1), rows });
  const whiskers = (rows: readonly number[], interval: readonly [string, string] | null = null) => {
    if (interval === null) return null;
    const known = rows.filter((row) =>
      interval.every((column) => reader.number(row, column) !== null),
    );
    return known.length === 0 ? null : block(known);
  };
  for (const layer of plot.panels.flatMap(({ layers }) => layers)) {
    const isPoints = layer.mark === 'points';
    blocks.set(layer, {
      own: block(layer.rows),
      xWhiskers: isPoints ? whiskers(layer.rows, layer.xInterval) : null,
      yWhiskers: isPoints ? whiskers(layer.rows, layer.yInterval) : null,
      yRange: isPoints ? whiskers(layer.rows, layer.yRange) : null,
    });
  }
  return blocks;
}
