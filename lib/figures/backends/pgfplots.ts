import { DataReader, type FigureData } from '../figure-data.ts';
import { panelValues } from '../layout/marks.ts';
import type { FigureStyle } from '../layout/figure-style.ts';
import { POINTS_PER_INCH } from '../layout/figure-style.ts';
import { lookOf } from '../layout/legend.ts';
import { createScale } from '../layout/scale.ts';
import type { LabelOffset } from '../drawing.ts';
import { latexFile } from '../latex/latex-file.ts';
import { latexText } from '../latex/latex-text.ts';
import { FRONT, GREY } from '../palettes.ts';
import type { Axis, Layer, Panel, Plot } from '../plot.ts';
import { legendImage, layerLines, type LayerInput } from './pgfplots-layers.ts';
import { factorOf, fixed, letters, number } from './pgfplots-text.ts';
import { numberBlocks } from './plot-blocks.ts';
import type { FigureMetadata } from './metadata.ts';

export interface PgfplotsInput {
  plot: Plot;
  data: FigureData;
  style: FigureStyle;
  /** Where the layout put the names of points. */
  labels: readonly LabelOffset[];
  metadata: FigureMetadata;
  /** LaTeX. */
  caption: string;
  /** The file that `toPlotCsv` was written to, as LaTeX finds it. */
  csvName: string;
}

/**
 * A `figure` environment for `\input`: every number comes from the CSV beside it, every colour and style has a name in the
 * first lines, so that authors restyle it without touching the data.
 */
export function toPgfplots(figure: PgfplotsInput): string {
  const { plot, metadata, caption } = figure;
  const input = { ...figure, blocks: numberBlocks(plot, new DataReader(figure.data)) };
  const body = [
    '\\begin{figure}[t]',
    '\\centering',
    ...colourLines(input),
    '\\begin{tikzpicture}',
    ...groupLines(input),
    ...plot.panels.flatMap((panel, index) => panelLines(panel, index, input)),
    '\\end{groupplot}',
    ...secondAxes(input),
    ...(hasLegend(plot)
      ? [
          `\\path (current bounding box.north) node[above] {\\pgfplotslegendfromname{laconic-${metadata.specHash.slice(0, 8)}}};`,
        ]
      : []),
    '\\end{tikzpicture}',
    `\\caption{${caption}}`,
    `\\label{fig:laconic-${metadata.specHash.slice(0, 8)}}`,
    '\\end{figure}',
  ];
  return latexFile(body, {
    metadata,
    preamble:
      '\\usepackage{pgfplots} \\pgfplotsset{compat=1.16} \\usepgfplotslibrary{groupplots,fillbetween}',
  });
}

function hasLegend(plot: Plot): boolean {
  return plot.series.length > 1;
}

function colourLines({ plot, style }: PgfplotsInput): string[] {
  return [
    `\\definecolor{laconicdim}{HTML}{${GREY.slice(1)}}`,
    `\\definecolor{laconicgrey}{HTML}{${FRONT.slice(1)}}`,
    ...plot.series.map(
      (series, index) =>
        `\\definecolor{laconic${letters(index)}}{HTML}{${lookOf(series, style.palette).colour.slice(1)}}`,
    ),
  ];
}

function groupLines({ plot, style }: PgfplotsInput): string[] {
  const count = plot.panels.length;
  const columns = Math.max(1, Math.min(count, Math.floor(style.width / 112)));
  const rows = Math.ceil(count / columns);
  const width = style.width / POINTS_PER_INCH / columns;
  const height = rows > 1 ? (style.height * 0.6) / POINTS_PER_INCH : style.height / POINTS_PER_INCH;
  const { sizes } = style.venue;
  const size = (points: number) => `\\fontsize{${points}}{${fixed(points * 1.2)}}\\selectfont`;
  return [
    '\\begin{groupplot}[',
    `  group style={group size=${columns} by ${rows}, horizontal sep=${plot.panels.some(({ y2 }) => y2 !== null) ? '5.5em' : '4em'}, vertical sep=4.5em},`,
    `  width=${fixed(width + (columns > 1 ? 0.12 : 0))}in, height=${fixed(height)}in,`,
    `  label style={font=${size(sizes.label)}}, tick label style={font=${size(sizes.tick)}},`,
    `  title style={font=\\bfseries${size(sizes.title)}}, legend style={font=${size(sizes.legend)}, draw=none, legend cell align=left, legend columns=${Math.max(1, Math.min(4, plot.series.length))}, /tikz/every even column/.append style={column sep=0.6em}},`,
    '  axis lines=left, axis line style={-}, tick align=outside, tick style={black, line width=0.5pt}, axis line style={line width=0.5pt},',
    '  ymajorgrids, grid style={line width=0.5pt, black!13}, scaled ticks=false, xminorticks=false, yminorticks=false,',
    '  every axis plot/.append style={mark size=1.7pt, line width=1pt},',
    '  unbounded coords=discard, clip mode=individual,',
    ']',
  ];
}

function axisOptions(
  axis: Axis,
  name: 'x' | 'y',
  values: readonly number[],
  size: number,
): string[] {
  if (axis.kind === 'category') {
    const ticks = axis.names.map((_, index) => index + 1).join(',');
    const labels = axis.names.map((label) => `{${latexText(label)}}`).join(',');
    return [
      `${name}tick={${ticks}}, ${name}ticklabels={${labels}}, ${name}min=0.5, ${name}max=${axis.names.length + 0.5}`,
      ...(name === 'y'
        ? ['y dir=reverse, ymajorgrids=false, xmajorgrids']
        : ['x tick label style={rotate=90, anchor=east}']),
      ...(axis.label === '' ? [] : [`${name}label={${latexText(axis.label)}}`]),
    ];
  }
  const factor = factorOf(axis);
  const { domain, ticks } = createScale(axis, values, (set) => set.length <= size);
  return [
    `${name}min=${number(domain[0] * factor)}, ${name}max=${number(domain[1] * factor)}`,
    `${name}tick={${ticks.map(({ value }) => number(value * factor)).join(',')}}, ${name}ticklabels={${ticks.map(({ label }) => `{${latexText(label)}}`).join(',')}}`,
    ...(axis.scale === 'log' ? [`${name}mode=log`] : []),
    ...(axis.label === '' ? [] : [`${name}label={${latexText(axis.label)}}`]),
  ];
}

function panelLines(panel: Panel, index: number, input: PgfplotsInput & LayerInput): string[] {
  const { data, plot, style, metadata } = input;
  const reader = new DataReader(data);
  const values = panelValues(panel, reader, style.hasIntervals);
  const options = [
    ...(panel.title === null ? [] : [`title={${latexText(panel.title)}}`]),
    ...axisOptions(panel.x, 'x', values.x, 6),
    ...axisOptions(panel.y, 'y', values.y, 6),
    ...(index === 0 && hasLegend(plot)
      ? [`legend to name=laconic-${metadata.specHash.slice(0, 8)}`]
      : []),
  ];
  const legend =
    index === 0 && hasLegend(plot)
      ? plot.series.flatMap((series, place) => [
          `\\addlegendimage{${legendImage(lookOf(series, style.palette), place, series.sign)}}`,
          `\\addlegendentry{${latexText(series.name)}}`,
        ])
      : [];
  return [
    `\\nextgroupplot[${options.join(',\n  ')}]`,
    ...legend,
    ...inOrder(panel.layers.filter((layer) => !isSecondary(layer))).flatMap((layer) =>
      layerLines(layer, panel, input),
    ),
  ];
}

/** Stacked boxes all reach down to zero here: the highest come first, and the lower ones cover them. */
function inOrder(layers: readonly Layer[]): Layer[] {
  const boxes = layers.filter(({ mark }) => mark === 'boxes');
  return [...boxes.reverse(), ...layers.filter(({ mark }) => mark !== 'boxes')];
}

function isSecondary(layer: Layer): boolean {
  return (layer.mark === 'line' || layer.mark === 'points') && layer.isSecondary;
}

/** A second axis over the first: groupplots have none of their own. */
function secondAxes(input: PgfplotsInput & LayerInput): string[] {
  const { plot, data, style } = input;
  const reader = new DataReader(data);
  return plot.panels.flatMap((panel, index) => {
    if (panel.y2 === null) return [];
    const values = panelValues(panel, reader, style.hasIntervals);
    const columns = Math.max(1, Math.min(plot.panels.length, Math.floor(style.width / 112)));
    const place = `group c${(index % columns) + 1}r${Math.floor(index / columns) + 1}`;
    const options = [
      `at={(${place}.south west)}, anchor=south west, axis y line*=right, axis x line=none`,
      `width=${fixed(style.width / POINTS_PER_INCH / columns)}in, height=${fixed(style.height / POINTS_PER_INCH)}in, scaled ticks=false, every axis plot/.append style={mark size=1.7pt, line width=1pt}`,
      ...axisOptions(panel.x, 'x', values.x, 6).slice(0, 1),
      ...(panel.x.kind === 'number' && panel.x.scale === 'log' ? ['xmode=log'] : []),
      ...axisOptions(panel.y2, 'y', values.y2, 6),
      `label style={font=\\fontsize{${style.venue.sizes.label}}{10}\\selectfont}, tick label style={font=\\fontsize{${style.venue.sizes.tick}}{10}\\selectfont}`,
    ];
    return [
      `\\begin{axis}[${options.join(',\n  ')}]`,
      ...panel.layers
        .filter(isSecondary)
        .flatMap((layer) => layerLines(layer, { ...panel, y: panel.y2 ?? panel.y }, input)),
      '\\end{axis}',
    ];
  });
}
