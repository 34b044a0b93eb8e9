import type { Box } from '../box.ts';
import type { Drawing, LabelOffset, Shape, TextShape } from '../drawing.ts';
import { DataReader, type FigureData } from '../figure-data.ts';
import type { Panel, Plot } from '../plot.ts';
import type { FontSet } from '../text/font-set.ts';
import type { FigureStyle } from './figure-style.ts';
import { createScales, frameShapes, measureMargins, type Margins } from './frame.ts';
import { layoutLegend } from './legend.ts';
import { directLabels, pointNames } from './labels.ts';
import { cellTexts, markShapes, panelValues, unknownTexts, type MarkFrame } from './marks.ts';
import { panelObstacles } from './obstacles.ts';
import { Pen } from './pen.ts';
import { readerTexts, type PlacedTexts } from './reader-texts.ts';

const PANEL_GAP = 8;
const LEGEND_GAP = 4;
/** Of the height asked for: below it a plot can not be read, and the figure grows instead. */
const LEAST_PLOT = 0.55;
const LEAST_PANEL_WIDTH = 112;
/** Of the size of tick labels: what a named place needs at least. */
const LEAST_PLACE = 1.25;

/**
 * Turns a plot into geometry: the page is as wide as the venue asks, and as high unless legend or names need more. Names
 * beside the series give way to a legend where one of them finds no room.
 */
export function layoutFigure(plot: Plot, data: FigureData, tools: LayoutTools): Drawing {
  if (tools.style.labels !== 'direct') return layoutOnce(plot, data, tools);
  const drawing = layoutOnce(plot, data, tools);
  if (drawing.notes.length === 0) return drawing;
  const withLegend = { ...tools, style: { ...tools.style, labels: 'legend' as const } };
  return layoutOnce(plot, data, withLegend);
}

interface LayoutTools {
  style: FigureStyle;
  fonts: FontSet;
}

function layoutOnce(plot: Plot, data: FigureData, { style, fonts }: LayoutTools): Drawing {
  const pen = new Pen(fonts, style.venue.family);
  const { sizes } = style.venue;
  const reader = new DataReader(data);
  const isDirect = style.labels === 'direct';
  const hasLegend =
    !isDirect &&
    style.labels !== 'none' &&
    (plot.series.length > 1 || style.labels === 'legend') &&
    plot.series.length > 0;
  const legend = hasLegend
    ? layoutLegend(plot.series, pen, {
        width: style.width - 2,
        top: 1.5,
        size: sizes.legend,
        palette: style.palette,
      })
    : { height: 0, shapes: [] };
  const legendHeight = hasLegend ? legend.height + LEGEND_GAP : 0;
  const columns = Math.max(
    1,
    Math.min(plot.panels.length, Math.floor(style.width / LEAST_PANEL_WIDTH)),
  );
  const rows = Math.ceil(plot.panels.length / columns);
  const cell = {
    width: (style.width - PANEL_GAP * (columns - 1)) / columns,
    height: cellHeight(plot, { style, legendHeight, rows }),
  };
  const height = legendHeight + rows * cell.height + (rows - 1) * PANEL_GAP;
  const values = plot.panels.map((panel) => panelValues(panel, reader, style.hasIntervals));
  const margins = sharedMargins(
    plot.panels.map((panel, index) =>
      measureMargins(panel, values[index] ?? { x: [], y: [], y2: [] }, { pen, sizes, room: cell }),
    ),
    plot.panels,
  );
  const shapes: Shape[] = [...legend.shapes];
  const notes: string[] = [];
  const labels: LabelOffset[] = [];
  plot.panels.forEach((panel, index) => {
    const left = (index % columns) * (cell.width + PANEL_GAP);
    const top = legendHeight + Math.floor(index / columns) * (cell.height + PANEL_GAP);
    const area = innerArea(
      { left, top, right: left + cell.width, bottom: top + cell.height },
      margins,
    );
    const panelOf = values[index] ?? { x: [], y: [], y2: [] };
    const scales = createScales(panel, panelOf, { pen, sizes, area });
    const frame: MarkFrame = {
      ...{ plot, panel, reader, scales, area, pen, sizes },
      ...{ palette: style.palette, hasIntervals: style.hasIntervals },
    };
    const marks = markShapes(frame);
    const { texts, unplaced, offsets } = panelTexts(frame, isDirect);
    shapes.push(...frameShapes(panel, scales, { pen, sizes, area, names: margins.names }));
    if (isClipped(panel)) shapes.push({ kind: 'clip', box: area, shapes: marks });
    else shapes.push(...marks);
    shapes.push(...texts);
    labels.push(...offsets.map((offset) => ({ panel: index, ...offset })));
    if (unplaced.length > 0) notes.push(`No room found for ${unplaced.join(', ')}.`);
  });
  return { width: style.width, height, shapes, labels, notes };
}

/** What the reader wrote comes first, then the names of points, then those of series. */
function panelTexts(frame: MarkFrame, isDirect: boolean): PlacedTexts {
  const marks = panelObstacles(frame);
  const cells = [...cellTexts(frame), ...unknownTexts(frame)];
  const beside = (texts: readonly TextShape[]) => ({
    ...marks,
    boxes: [...marks.boxes, ...texts.map(({ box }) => box)],
  });
  const written = readerTexts(frame, beside(cells));
  const names = pointNames(frame, beside([...cells, ...written.texts]));
  const texts = [...cells, ...written.texts, ...names.texts];
  const series = isDirect ? directLabels(frame, beside(texts)) : { texts: [], unplaced: [] };
  return {
    texts: [...texts, ...series.texts],
    unplaced: [...written.unplaced, ...names.unplaced, ...series.unplaced],
    offsets: [...written.offsets, ...names.offsets],
  };
}

function cellHeight(
  plot: Plot,
  { style, legendHeight, rows }: { style: FigureStyle; legendHeight: number; rows: number },
): number {
  const least = style.height * LEAST_PLOT;
  const asked = (style.height - legendHeight - (rows - 1) * PANEL_GAP) / (rows > 1 ? 1 : rows);
  const places = Math.max(
    0,
    ...plot.panels.map(({ y }) => (y.kind === 'category' ? y.names.length : 0)),
  );
  const forNames = places * style.venue.sizes.tick * LEAST_PLACE + style.venue.sizes.label * 4;
  if (rows > 1) return Math.max(least, forNames);
  return Math.max(least, asked, forNames);
}

/** One set for all panels, so that their areas line up; the right one matters only where there is a second axis. */
function sharedMargins(margins: readonly Margins[], panels: readonly Panel[]): Margins {
  const most = (side: keyof Margins) => Math.max(...margins.map((one) => one[side]));
  return panels.length === 0
    ? { names: 0, left: 0, right: 0, top: 0, bottom: 0 }
    : {
        names: most('names'),
        left: most('left'),
        right: most('right'),
        top: most('top'),
        bottom: most('bottom'),
      };
}

function innerArea(cell: Box, margins: Margins): Box {
  return {
    left: cell.left + margins.left + 1,
    right: cell.right - margins.right - 1,
    top: cell.top + margins.top,
    bottom: cell.bottom - margins.bottom - 1,
  };
}

/** Only where the reader set an end of an axis can something lie outside. */
function isClipped({ x, y }: Panel): boolean {
  return [x, y].some((axis) => axis.kind === 'number' && (axis.min !== null || axis.max !== null));
}
