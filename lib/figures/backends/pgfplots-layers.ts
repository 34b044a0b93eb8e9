import { DataReader, type FigureData } from '../figure-data.ts';
import type { FigureStyle } from '../layout/figure-style.ts';
import type { LabelOffset } from '../drawing.ts';
import { laneOf, layerLook, UNKNOWN_BAR } from '../layout/marks.ts';
import { latexText } from '../latex/latex-text.ts';
import type { Look, MarkerShape } from '../looks.ts';
import { GREY } from '../palettes.ts';
import type { Axis, Layer, Panel, Plot } from '../plot.ts';
import { factorOf, fixed, letters, number } from './pgfplots-text.ts';
import type { LayerBlocks, PlotBlock } from './plot-blocks.ts';

export interface LayerInput {
  plot: Plot;
  data: FigureData;
  style: FigureStyle;
  labels: readonly LabelOffset[];
  csvName: string;
  blocks: ReadonlyMap<Layer, LayerBlocks>;
}

const MARKS: Readonly<Record<MarkerShape, string>> = {
  circle: '*',
  square: 'square*',
  triangle: 'triangle*',
  diamond: 'diamond*',
  wedge: 'triangle*,mark options={rotate=180}',
  pentagon: 'pentagon*',
  cross: 'x',
  plus: '+',
  star: 'star,mark options={scale=1.5}',
};

function lookOptions(
  look: Look,
  series: number | null,
): { colour: string; mark: string; dash: string } {
  const colour =
    series === null
      ? look.colour === GREY
        ? 'laconicdim'
        : 'laconicgrey'
      : `laconic${letters(series)}`;
  const fill = look.isHollow ? ',fill=white' : '';
  const mark = `mark=${MARKS[look.shape]}`;
  const dash =
    look.dash.length === 0
      ? 'solid'
      : `dash pattern=${look.dash.map((length, index) => `${index % 2 === 0 ? 'on' : 'off'} ${length}pt`).join(' ')}`;
  const options = /mark options=\{(.*)\}$/.exec(mark);
  return {
    colour,
    mark:
      options === null
        ? `${mark},mark options={solid${fill}}`
        : `${mark.replace(/,mark options=.*$/, '')},mark options={solid,${options[1] ?? ''}${fill}}`,
    dash,
  };
}

export function legendImage(
  look: Look,
  index: number,
  sign: Plot['series'][number]['sign'],
): string {
  const { colour, mark, dash } = lookOptions(look, index);
  switch (sign) {
    case 'line':
      return `${colour},${dash},no marks`;
    case 'marker':
      return `${colour},only marks,${mark}`;
    case 'both':
      return `${colour},${dash},${mark}`;
    case 'box':
      return `${colour},fill,area legend`;
  }
}

/** A column as an axis shows it: fractions in percent, by the picture and not in the data. */
function expression(column: string, axis: Axis): string {
  return factorOf(axis) === 1 ? `\\thisrow{${column}}` : `100*\\thisrow{${column}}`;
}

/** Only the rows of a block of the CSV. */
function blockFilter({ number: block }: PlotBlock): string {
  return `restrict expr to domain={\\thisrow{block}}{${block}:${block}}`;
}

function plotLine(
  options: readonly string[],
  table: readonly string[],
  { csvName }: LayerInput,
): string {
  return `\\addplot[${options.join(', ')}] table[col sep=comma, ${table.join(', ')}] {${csvName}};`;
}

export function layerLines(layer: Layer, panel: Panel, input: LayerInput): string[] {
  const { plot, style, data } = input;
  const look = layerLook(layer, { plot, palette: style.palette });
  const { colour, mark, dash } = lookOptions(
    layer.mark === 'points' && layer.isHollow ? { ...look, isHollow: true } : look,
    layer.series,
  );
  const blocks = input.blocks.get(layer);
  if (blocks === undefined) throw new Error('A layer has no block of rows.');
  const filter = blockFilter(blocks.own);
  switch (layer.mark) {
    case 'line': {
      const line = layer.dash === 'look' ? dash : layer.dash;
      const options = [
        colour,
        line,
        'no marks',
        filter,
        ...(layer.path === 'step' ? ['const plot'] : []),
        ...(layer.series === null ? ['line width=1.4pt'] : []),
      ];
      const table = [
        `x expr=${expression(layer.x, panel.x)}`,
        `y expr=${expression(layer.y, panel.y)}`,
      ];
      return [plotLine(options, table, input)];
    }
    case 'points':
      return pointLines(layer, panel, {
        input,
        colour,
        mark,
        blocks,
        reader: new DataReader(data),
      });
    case 'boxes':
      return boxLines(layer, panel, { input, colour, filter, reader: new DataReader(data) });
    case 'bars': {
      const shift = `y expr=\\thisrow{${layer.place}}${shiftOf(layer.lane)}`;
      return [
        ...unknownLines(layer, input),
        plotLine(
          [
            `xbar`,
            `fill=${colour}`,
            // The edge keeps a bar of nothing visible.
            `draw=${colour}, line width=0.6pt`,
            `bar width=${fixed(laneOf(layer.lane).thickness)}`,
            filter,
          ],
          [`x expr=${expression(layer.value, panel.x)}`, shift],
          input,
        ),
      ];
    }
    case 'band':
      return [
        plotLine(
          ['draw=none', 'forget plot', filter, 'name path=low'],
          [`x expr=${expression(layer.x, panel.x)}`, `y expr=${expression(layer.y[0], panel.y)}`],
          input,
        ),
        plotLine(
          ['draw=none', 'forget plot', filter, 'name path=high'],
          [`x expr=${expression(layer.x, panel.x)}`, `y expr=${expression(layer.y[1], panel.y)}`],
          input,
        ),
        `\\addplot[${colour}, opacity=0.16, forget plot] fill between[of=low and high];`,
      ];
    case 'cells':
      return cellLines(layer, input);
    case 'rule':
      return ruleLines(layer, panel, input);
    case 'text': {
      const at = `axis cs:${placeOn(panel.x, layer.x)},${placeOn(panel.y, layer.y)}`;
      return writtenLines(layer, panel, { input, at: () => at });
    }
  }
}

/** A word in the place of each bar whose value is unknown. */
function unknownLines(layer: LayerOf<'bars'>, { data, style }: LayerInput): string[] {
  const reader = new DataReader(data);
  const size = style.venue.sizes.note;
  const font = `font=\\fontsize{${size}}{${fixed(size * 1.12)}}\\selectfont`;
  return layer.rows.flatMap((row) => {
    const place = reader.number(row, layer.place);
    if (place === null || reader.number(row, layer.value) !== null) return [];
    const at = `axis cs:0,${number(place + laneOf(layer.lane).middle)}`;
    return [
      `\\node[anchor=west, inner xsep=2pt, inner ysep=0pt, ${font}] at (${at}) {${UNKNOWN_BAR}};`,
    ];
  });
}

function shiftOf(lane: LayerOf<'bars'>['lane']): string {
  const shift = laneOf(lane).middle;
  return Math.abs(shift) < 1e-9 ? '' : `${shift < 0 ? '-' : '+'}${fixed(Math.abs(shift))}`;
}

type LayerOf<Mark extends Layer['mark']> = Extract<Layer, { mark: Mark }>;
interface Paint {
  colour: string;
  reader: DataReader;
}

const WHISKER = 'line width=0.6pt, opacity=0.75';

function pointLines(
  layer: LayerOf<'points'>,
  panel: Panel,
  {
    input,
    colour,
    mark,
    reader,
    blocks,
  }: Paint & { input: LayerInput; mark: string; blocks: LayerBlocks },
): string[] {
  const table = [
    `x expr=${expression(layer.x, panel.x)}`,
    `y expr=${expression(layer.y, panel.y)}`,
  ];
  const lines: string[] = [];
  const { hasIntervals } = input.style;
  for (const [direction, interval, centre, axis, block, line] of [
    ['y', layer.yRange ?? null, layer.y, panel.y, blocks.yRange, 'line width=3.6pt, opacity=0.3'],
    ['x', hasIntervals ? layer.xInterval : null, layer.x, panel.x, blocks.xWhiskers, WHISKER],
    ['y', hasIntervals ? layer.yInterval : null, layer.y, panel.y, blocks.yWhiskers, WHISKER],
  ] as const) {
    if (interval === null || block === null) continue;
    const [low, high] = interval;
    const scale = factorOf(axis) === 1 ? '' : `${factorOf(axis)}*`;
    lines.push(
      plotLine(
        [
          colour,
          'only marks',
          'mark=none',
          'forget plot',
          blockFilter(block),
          `error bars/.cd, ${direction} dir=both, ${direction} explicit, error mark=none, error bar style={${line}}`,
        ],
        [
          ...table,
          `${direction} error plus expr=${scale}(\\thisrow{${high}}-\\thisrow{${centre}})`,
          `${direction} error minus expr=${scale}(\\thisrow{${centre}}-\\thisrow{${low}})`,
        ],
        input,
      ),
    );
  }
  lines.push(plotLine([colour, 'only marks', mark, blockFilter(blocks.own)], table, input));
  if (layer.label === null) return lines;
  for (const label of labelsOf(panel, input)) {
    if (label.of.kind !== 'row' || !layer.rows.includes(label.of.row)) continue;
    const { row } = label.of;
    const [x, y] = [reader.number(row, layer.x), reader.number(row, layer.y)];
    if (x === null || y === null) continue;
    lines.push(textNode(label, `axis cs:${placeOn(panel.x, x)},${placeOn(panel.y, y)}`, input));
  }
  return lines;
}

function placeOn(axis: Axis, value: number): string {
  return number(value * factorOf(axis));
}

function labelsOf(panel: Panel, { plot, labels }: LayerInput): LabelOffset[] {
  // A second axis is handed a copy of its panel, with the same layers.
  const place = plot.panels.findIndex(({ layers }) => layers === panel.layers);
  return labels.filter((label) => label.panel === place);
}

/** A text whose middle stands at a place, moved as far as the layout moved it. */
function textNode({ right, down, lines }: LabelOffset, at: string, { style }: LayerInput): string {
  const size = style.venue.sizes.note;
  const shift = `xshift=${fixed(right)}pt, yshift=${fixed(-down)}pt`;
  const font = `align=center, font=\\fontsize{${size}}{${fixed(size * 1.12)}}\\selectfont`;
  return `\\node[inner sep=0pt, ${shift}, ${font}] at (${at}) {${lines.map(latexText).join('\\\\ ')}};`;
}

/** What the layout wrote beside a reference line or at a place. */
function writtenLines(
  layer: Layer,
  panel: Panel,
  { input, at }: { input: LayerInput; at: (along: number) => string },
): string[] {
  const index = panel.layers.indexOf(layer);
  return labelsOf(panel, input).flatMap((label) => {
    if (label.of.kind === 'row' || label.of.layer !== index) return [];
    return [textNode(label, at(label.of.kind === 'rule' ? label.of.along : 0), input)];
  });
}

function ruleLines(layer: LayerOf<'rule'>, panel: Panel, input: LayerInput): string[] {
  const isUpright = layer.across === 'x';
  const value = placeOn(isUpright ? panel.x : panel.y, layer.at);
  const [x0, y0] = [originOn(panel.x), originOn(panel.y)];
  const at = (along: number) =>
    isUpright
      ? `{axis cs:${value},${y0}}|-{rel axis cs:0,${fixed(along)}}`
      : `{rel axis cs:${fixed(along)},0}|-{axis cs:${x0},${value}}`;
  return [
    `\\draw[dashed, line width=0.5pt] (${at(0)}) -- (${at(1)});`,
    ...writtenLines(layer, panel, { input, at }),
  ];
}

/** A coordinate that an axis can place: on a logarithmic one, 0 is nowhere. */
function originOn(axis: Axis): string {
  return axis.kind === 'number' && axis.scale === 'log' ? '1' : '0';
}

/** A histogram as a filled staircase over the lower edges; the trailing path closes the last box at its upper edge. */
function boxLines(
  layer: LayerOf<'boxes'>,
  panel: Panel,
  { input, colour, reader, filter }: Paint & { input: LayerInput; filter: string },
): string[] {
  const known = layer.rows.filter((row) => reader.number(row, layer.y[1]) !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const isLog = panel.x.kind === 'number' && panel.x.scale === 'log';
  const least = isLog ? 1 : -Infinity;
  const start = Math.max(least, reader.number(first, layer.x[0]) ?? 0);
  const end = reader.number(last, layer.x[1]) ?? start;
  const x = isLog ? `x expr={max(1,\\thisrow{${layer.x[0]}})}` : `x=${layer.x[0]}`;
  const line = plotLine(
    [`fill=${colour}`, 'draw=white', 'line width=0.3pt', 'const plot', 'no marks', filter],
    [x, `y=${layer.y[1]}`],
    input,
  );
  return [
    `${line.slice(0, -1)} -| (axis cs:${number(end)},0) -- (axis cs:${number(start)},0) -- cycle;`,
  ];
}

/** A matrix plot, whose numbers are written into the cells. */
function cellLines(layer: LayerOf<'cells'>, input: LayerInput): string[] {
  const reader = new DataReader(input.data);
  const columns = reader.distinct(layer.x, layer.rows).length;
  const colour = input.style.palette.colours[0] ?? GREY;
  return [
    `\\definecolor{laconicheat}{HTML}{${colour.slice(1)}}`,
    plotLine(
      [
        'matrix plot*',
        `mesh/cols=${columns}`,
        'point meta=explicit',
        'colormap={laconic}{color=(white) color=(laconicheat)}',
        'point meta min=0',
        'point meta max=100',
        'nodes near coords',
        'nodes near coords style={font=\\tiny, anchor=center, text=black, /pgf/number format/fixed, /pgf/number format/precision=0}',
      ],
      [`x=${layer.x}`, `y=${layer.y}`, `meta expr=100*\\thisrow{${layer.value}}`],
      input,
    ),
  ];
}
