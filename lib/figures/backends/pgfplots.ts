import { DataReader, type FigureData } from '../figure-data.ts';
import { layerLook, panelValues } from '../layout/marks.ts';
import type { FigureStyle } from '../layout/figure-style.ts';
import { POINTS_PER_INCH } from '../layout/figure-style.ts';
import { lookOf } from '../layout/legend.ts';
import { createScale } from '../layout/scale.ts';
import { latexComment, latexText, needsUnicodeEngine } from '../latex/latex-text.ts';
import type { Look, MarkerShape } from '../looks.ts';
import { FRONT, GREY } from '../palettes.ts';
import type { Axis, Layer, Panel, Plot } from '../plot.ts';
import { metadataPairs, type FigureMetadata } from './metadata.ts';

export interface PgfplotsInput {
  plot: Plot;
  data: FigureData;
  style: FigureStyle;
  metadata: FigureMetadata;
  /** LaTeX. */
  caption: string;
  /** The file that `toPlotCsv` was written to, as LaTeX finds it. */
  csvName: string;
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
  star: 'star',
};

/**
 * A `figure` environment for `\input`: every number comes from the CSV beside it, every colour and style has a name in the
 * first lines, so that authors restyle it without touching the data.
 */
export function toPgfplots(input: PgfplotsInput): string {
  const { plot, metadata, caption } = input;
  const names = [...plot.series.map(({ name }) => name), ...plot.panels.flatMap(panelTexts)];
  const lines = [
    ...metadataPairs(metadata).map(([name, value]) => latexComment(`${name}: ${value}`)),
    latexComment(
      'Preamble: \\usepackage{pgfplots} \\pgfplotsset{compat=1.16} \\usepgfplotslibrary{groupplots,fillbetween}',
    ),
    ...(names.some(needsUnicodeEngine)
      ? [latexComment('Needs XeLaTeX or LuaLaTeX and a font with the letters of the names.')]
      : []),
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
  return `${lines.join('\n')}\n`;
}

function hasLegend(plot: Plot): boolean {
  return plot.series.length > 1;
}

function panelTexts({ title, x, y }: Panel): string[] {
  const names = (axis: Axis) => (axis.kind === 'category' ? axis.names : []);
  return [title ?? '', x.label, y.label, ...names(x), ...names(y)];
}

function colourLines({ plot, style }: PgfplotsInput): string[] {
  return [
    `\\definecolor{laconicgrey}{HTML}{${FRONT.slice(1)}}`,
    ...plot.series.map(
      (series, index) =>
        `\\definecolor{laconic${letters(index)}}{HTML}{${lookOf(series, style.palette).colour.slice(1)}}`,
    ),
  ];
}

/** Names of LaTeX hold no digits in every place where these are used. */
function letters(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : `${letters(Math.floor(index / 26) - 1)}${letter}`;
}

function groupLines({ plot, style }: PgfplotsInput): string[] {
  const count = plot.panels.length;
  const columns = Math.max(1, Math.min(count, Math.floor(style.width / 112)));
  const rows = Math.ceil(count / columns);
  const width = style.width / POINTS_PER_INCH / columns;
  const height = rows > 1 ? (style.height * 0.6) / POINTS_PER_INCH : style.height / POINTS_PER_INCH;
  const { sizes } = style.venue;
  const size = (points: number) => `\\fontsize{${points}}{${points * 1.2}}\\selectfont`;
  return [
    '\\begin{groupplot}[',
    `  group style={group size=${columns} by ${rows}, horizontal sep=${plot.panels.some(({ y2 }) => y2 !== null) ? '5.5em' : '4em'}, vertical sep=4.5em},`,
    `  width=${fixed(width + (columns > 1 ? 0.12 : 0))}in, height=${fixed(height)}in,`,
    `  label style={font=${size(sizes.label)}}, tick label style={font=${size(sizes.tick)}},`,
    `  title style={font=\\bfseries${size(sizes.title)}}, legend style={font=${size(sizes.legend)}, draw=none, legend columns=${Math.max(1, Math.min(4, plot.series.length))}, /tikz/every even column/.append style={column sep=0.6em}},`,
    '  axis lines=left, axis line style={-}, tick align=outside, tick style={black, line width=0.5pt}, axis line style={line width=0.5pt},',
    '  ymajorgrids, grid style={line width=0.5pt, black!13}, scaled ticks=false, xminorticks=false, yminorticks=false,',
    '  every axis plot/.append style={mark size=1.7pt, line width=1pt},',
    '  unbounded coords=discard,',
    ']',
  ];
}

function fixed(value: number): string {
  return String(Number(value.toFixed(4)));
}

function factorOf(axis: Axis): number {
  return axis.kind === 'number' && (axis.unit === 'fraction' || axis.unit === 'points') ? 100 : 1;
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

/** Twelve digits: what is beyond is dust of the factor 100. */
function number(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function panelLines(panel: Panel, index: number, input: PgfplotsInput): string[] {
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
  return layers.some(({ mark }) => mark === 'boxes') ? [...layers].reverse() : [...layers];
}

function isSecondary(layer: Layer): boolean {
  return (layer.mark === 'line' || layer.mark === 'points') && layer.isSecondary;
}

/** A second axis over the first: groupplots have none of their own. */
function secondAxes(input: PgfplotsInput): string[] {
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

function lookOptions(
  look: Look,
  series: number | null,
): { colour: string; mark: string; dash: string } {
  const colour = series === null ? 'laconicgrey' : `laconic${letters(series)}`;
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

function legendImage(look: Look, index: number, sign: Plot['series'][number]['sign']): string {
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

/** Only the rows of a layer: a condition on the row's number. */
function rowFilter(rows: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && row === last[1] + 1) last[1] = row;
    else ranges.push([row, row]);
  }
  const condition = ranges
    .map(([low, high]) =>
      low === high
        ? `(\\thisrow{row}==${low})`
        : `(\\thisrow{row}>=${low} && \\thisrow{row}<=${high})`,
    )
    .join(' || ');
  return `x filter/.expression={(${condition}) ? x : nan}`;
}

function plotLine(
  options: readonly string[],
  table: readonly string[],
  { csvName }: PgfplotsInput,
): string {
  return `\\addplot[${options.join(', ')}] table[col sep=comma, ${table.join(', ')}] {${csvName}};`;
}

function layerLines(layer: Layer, panel: Panel, input: PgfplotsInput): string[] {
  const { plot, style, data } = input;
  const look = layerLook(layer, { plot, palette: style.palette });
  const { colour, mark, dash } = lookOptions(
    layer.mark === 'points' && layer.isHollow ? { ...look, isHollow: true } : look,
    layer.series,
  );
  const filter = rowFilter(layer.rows);
  switch (layer.mark) {
    case 'line': {
      const line = layer.isDashed ? 'dashed' : dash;
      const options = [
        colour,
        line,
        'no marks',
        filter,
        ...(layer.path === 'step' ? ['const plot'] : []),
        ...(layer.series === null ? ['line width=1.4pt'] : []),
      ];
      return [
        plotLine(
          options,
          [`x expr=${expression(layer.x, panel.x)}`, `y expr=${expression(layer.y, panel.y)}`],
          input,
        ),
      ];
    }
    case 'points':
      return pointLines(layer, panel, { input, colour, mark, reader: new DataReader(data) });
    case 'boxes':
      return boxLines(layer, panel, { input, colour, reader: new DataReader(data) });
    case 'bars': {
      const shift = `y expr=\\thisrow{${layer.place}}${shiftOf(layer.lane)}`;
      return [
        plotLine(
          [
            `xbar`,
            `fill=${colour}`,
            'draw=none',
            `bar width=${fixed(0.72 / layer.lane.of)}`,
            filter.replaceAll('x filter', 'y filter').replace('? x :', '? y :'),
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
      return [
        layer.across === 'x'
          ? `\\draw[dashed, line width=0.5pt] ({axis cs:${number(layer.at * factorOf(panel.x))},0}|-{rel axis cs:0,0}) -- ({axis cs:${number(layer.at * factorOf(panel.x))},0}|-{rel axis cs:0,1});`
          : `\\draw[dashed, line width=0.5pt] ({rel axis cs:0,0}|-{axis cs:0,${number(layer.at * factorOf(panel.y))}}) -- ({rel axis cs:1,0}|-{axis cs:0,${number(layer.at * factorOf(panel.y))}});`,
      ];
  }
}

function shiftOf({ index, of }: { index: number; of: number }): string {
  const shift = -0.36 + (index + 0.5) * (0.72 / of);
  return Math.abs(shift) < 1e-9 ? '' : `${shift < 0 ? '-' : '+'}${fixed(Math.abs(shift))}`;
}

type LayerOf<Mark extends Layer['mark']> = Extract<Layer, { mark: Mark }>;
interface Paint {
  colour: string;
  reader: DataReader;
}

function pointLines(
  layer: LayerOf<'points'>,
  panel: Panel,
  { input, colour, mark, reader }: Paint & { input: PgfplotsInput; mark: string },
): string[] {
  const table = [
    `x expr=${expression(layer.x, panel.x)}`,
    `y expr=${expression(layer.y, panel.y)}`,
  ];
  const lines: string[] = [];
  for (const [direction, interval, centre, axis] of [
    ['x', layer.xInterval, layer.x, panel.x],
    ['y', layer.yInterval, layer.y, panel.y],
  ] as const) {
    if (interval === null || !input.style.hasIntervals) continue;
    const [low, high] = interval;
    const known = layer.rows.filter(
      (row) => reader.number(row, low) !== null && reader.number(row, high) !== null,
    );
    if (known.length === 0) continue;
    const scale = factorOf(axis) === 1 ? '' : `${factorOf(axis)}*`;
    lines.push(
      plotLine(
        [
          colour,
          'only marks',
          'mark=none',
          'forget plot',
          rowFilter(known),
          `error bars/.cd, ${direction} dir=both, ${direction} explicit, error mark=none, error bar style={line width=0.6pt, opacity=0.75}`,
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
  lines.push(plotLine([colour, 'only marks', mark, rowFilter(layer.rows)], table, input));
  const { label } = layer;
  if (label === null) return lines;
  const size = input.style.venue.sizes.note;
  for (const row of layer.rows) {
    const [x, y] = [reader.number(row, layer.x), reader.number(row, layer.y)];
    const text = reader.text(row, label);
    if (x === null || y === null || text === '') continue;
    lines.push(
      `\\node[anchor=south west, inner sep=1.5pt, font=\\fontsize{${size}}{${size}}\\selectfont] at (axis cs:${number(x * factorOf(panel.x))},${number(y * factorOf(panel.y))}) {${latexText(text)}};`,
    );
  }
  return lines;
}

/** A histogram as a filled staircase over the lower edges; the trailing path closes the last box at its upper edge. */
function boxLines(
  layer: LayerOf<'boxes'>,
  panel: Panel,
  { input, colour, reader }: Paint & { input: PgfplotsInput },
): string[] {
  const known = layer.rows.filter((row) => reader.number(row, layer.y[1]) !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const isLog = panel.x.kind === 'number' && panel.x.scale === 'log';
  const least = isLog ? 1 : -Infinity;
  const start = Math.max(least, reader.number(first, layer.x[0]) ?? 0);
  const end = reader.number(last, layer.x[1]) ?? start;
  const x = isLog ? `x expr=max(1,\\thisrow{${layer.x[0]}})` : `x=${layer.x[0]}`;
  const [line = ''] = [
    plotLine(
      [
        `fill=${colour}`,
        'draw=white',
        'line width=0.3pt',
        'const plot',
        'no marks',
        rowFilter(known),
      ],
      [x, `y=${layer.y[1]}`],
      input,
    ),
  ];
  return [
    `${line.slice(0, -1)} -| (axis cs:${number(end)},0) -- (axis cs:${number(start)},0) -- cycle;`,
  ];
}

/** A matrix plot, whose numbers are written into the cells. */
function cellLines(layer: LayerOf<'cells'>, input: PgfplotsInput): string[] {
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
