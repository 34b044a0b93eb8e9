import { AppError } from '#lib/errors.ts';
import { toCsv, toPlotCsv } from './backends/csv.ts';
import type { FigureMetadata } from './backends/metadata.ts';
import { outlineDrawing, type OutlinedDrawing } from './backends/outlines.ts';
import { toPdf } from './backends/pdf.ts';
import { toPgfplots } from './backends/pgfplots.ts';
import { DPI, toPng } from './backends/png.ts';
import { toSvg } from './backends/svg.ts';
import { toCaption, type Caption } from './caption.ts';
import type { Drawing } from './drawing.ts';
import type { FigureData } from './figure-data.ts';
import { toStyle, type FigureStyle } from './layout/figure-style.ts';
import { layoutFigure } from './layout/layout.ts';
import type { Plot } from './plot.ts';
import { withReaderMarks } from './reader-marks.ts';
import type { ParsedSpec } from './resolve.ts';
import { fitTable } from './tables/fit-table.ts';
import { toLatexTable } from './tables/latex-table.ts';
import { printTable, type PrintedTable } from './tables/print-cell.ts';
import { toMarkdownTable } from './tables/markdown-table.ts';
import { plainText, type FontSet } from './text/font-set.ts';

export interface FigureHashes {
  spec: string;
  data: string;
}

/** A figure with its numbers, ready to be drawn. */
export interface ResolvedFigure {
  parsed: ParsedSpec;
  data: FigureData;
  hashes: FigureHashes;
  /** Of the file's metadata; ISO 8601. */
  date: string;
}

export const CHART_FORMATS = ['svg', 'pdf', 'png', 'tex', 'plot.csv', 'csv'] as const;
export const TABLE_FORMATS = ['tex', 'md', 'csv'] as const;
export type FigureFormat = (typeof CHART_FORMATS)[number] | (typeof TABLE_FORMATS)[number];

export function formatsOf({ kind }: ParsedSpec): readonly FigureFormat[] {
  return kind.form.type === 'chart' ? CHART_FORMATS : TABLE_FORMATS;
}

export function captionOf({ parsed, data, hashes }: ResolvedFigure): Caption {
  return toCaption(data, parsed.spec, hashes.data);
}

/** The geometry; null for a table. */
export function drawFigure(figure: ResolvedFigure, fonts: FontSet): Drawing | null {
  const chart = toChart(figure);
  return chart === null
    ? null
    : layoutFigure(chart.plot, chart.data, { style: chart.style, fonts });
}

/** The geometry without fonts, as the page shows it; null for a table. */
export function previewFigure(
  figure: ResolvedFigure,
  fonts: FontSet,
): (OutlinedDrawing & { notes: string[] }) | null {
  const drawing = drawFigure(figure, fonts);
  return drawing === null ? null : { ...outlineDrawing(drawing, fonts), notes: drawing.notes };
}

/** The cells as they are printed; null for a chart. */
export function printFigure({ parsed, data }: ResolvedFigure): PrintedTable | null {
  const { form } = parsed.kind;
  if (form.type !== 'table') return null;
  const layout = form.layout(data, parsed.query, parsed.spec);
  return { ...printTable(layout), notes: [...fitTable(layout, parsed.spec).notes] };
}

/** LaTeX takes such a file name as it is. */
export const CSV_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

export interface RenderOptions {
  /** Of a PNG. */
  dpi?: number;
  /** How the LaTeX picture names the CSV beside it; matches `CSV_NAME`. */
  csvName?: string;
}

/** One file of a figure. Throws `unprocessable` for a format that its kind does not have. */
export async function renderFigure(
  figure: ResolvedFigure,
  format: FigureFormat,
  fonts: FontSet,
  options: RenderOptions = {},
): Promise<string | Uint8Array> {
  const { parsed, data } = figure;
  if (!formatsOf(parsed).includes(format)) {
    throw new AppError(
      'unprocessable',
      `A ${parsed.kind.id} figure has no ${format}: it comes as ${formatsOf(parsed).join(', ')}.`,
    );
  }
  const metadata = toMetadata(figure);
  if (format === 'csv') return toCsv(data);
  const { form } = parsed.kind;
  if (form.type === 'table') {
    const layout = form.layout(data, parsed.query, parsed.spec);
    const caption = captionOf(figure);
    return format === 'md'
      ? toMarkdownTable(layout, caption.text)
      : toLatexTable(layout, {
          ...{ caption: caption.latex, metadata },
          fit: fitTable(layout, parsed.spec),
        });
  }
  const chart = toChart(figure);
  const drawing = drawFigure(figure, fonts);
  if (chart === null || drawing === null) throw new Error(`${parsed.kind.id} draws nothing.`);
  if (format === 'plot.csv') return toPlotCsv(chart.data, chart.plot);
  if (format === 'pdf') return toPdf(drawing, fonts, metadata);
  if (format === 'tex') {
    const csvName = options.csvName ?? `${figure.hashes.spec}.plot.csv`;
    return toPgfplots({
      ...chart,
      labels: drawing.labels,
      metadata,
      caption: captionOf(figure).latex,
      csvName,
    });
  }
  const svg = toSvg(outlineDrawing(drawing, fonts), metadata);
  return format === 'svg'
    ? svg
    : toPng(svg, {
        dpi: options.dpi ?? DPI.usual,
        width: drawing.width,
        height: drawing.height,
        metadata,
      });
}

/** The plot with names as they can be set, and what the reader marked. */
function toChart({
  parsed,
  data: raw,
}: ResolvedFigure): { plot: Plot; style: FigureStyle; data: FigureData } | null {
  const { kind, query, spec } = parsed;
  if (kind.form.type !== 'chart') return null;
  const data = plainData(raw);
  const plot = withReaderMarks(kind.form.plot(data, query, spec), spec);
  return { plot, style: toStyle(spec, plot), data };
}

/** Names as they are drawn; files of numbers keep them as they are. */
function plainData(data: FigureData): FigureData {
  const rows = data.rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? plainText(cell) : cell)),
  );
  return { ...data, rows };
}

function toMetadata(figure: ResolvedFigure): FigureMetadata {
  const { parsed, data, hashes, date } = figure;
  return {
    title: parsed.spec.title ?? data.facts.subject,
    description: captionOf(figure).text,
    specHash: hashes.spec,
    dataHash: hashes.data,
    verifiers: data.facts.verifiers,
    date,
  };
}
