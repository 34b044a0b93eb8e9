import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CHART_FORMATS, CSV_NAME, type FigureFormat } from '#lib/figures/render.ts';
import { DPI } from '#lib/figures/backends/png.ts';
import { parseSpec } from '#lib/figures/resolve.ts';
import type { Command } from '../command.ts';
import { SERVER_FLAGS, SERVER_USAGE, withFigures, type WantedFile } from '../paper/figure-maker.ts';
import { readSpecFile } from '../paper/spec-file.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

export const command: Command = {
  summary: 'Draw a figure of a paper from a spec: SVG, PDF, PNG, LaTeX, CSV',
  usage: usage('figure', 'svg, pdf, png, tex (with its plot.csv beside it) or csv'),
  run: (args) => drawFile(args, 'figure', CHART_FORMATS),
};

export function usage(name: string, formats: string): string {
  return `Usage: laconic ${name} SPEC -o FILE [--dpi N] [--caption] [--server URL]

Reads a spec (JSON or YAML, docs/figures.md), takes its numbers from the installation and writes the file; the ending says
the format: ${formats}. The same spec and data give the same bytes.

  -o, --output FILE   may be given several times
  --dpi N             of a PNG, ${String(DPI.least)} to ${String(DPI.most)} (default: ${String(DPI.usual)})
  --caption           print the caption
${SERVER_USAGE}

Without --server, the installation is that of DATABASE_URL or LACONIC_DATA, running or not.
Exit code: 0 written, 1 nothing to draw or not found, 2 wrong use or a spec that is not valid.`;
}

/** Shared by figures and tables: they differ in their formats alone. */
export async function drawFile(
  args: readonly string[],
  name: string,
  formats: readonly FigureFormat[],
): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o', multiple: true },
      dpi: { type: 'string' },
      caption: { type: 'boolean', default: false },
      ...SERVER_FLAGS,
    },
  });
  const [file] = positionals;
  const outputs = values.output ?? [];
  if (file === undefined || positionals.length > 1)
    throw new UsageError(`${name} takes one spec file.`);
  if (outputs.length === 0 && !values.caption) throw new UsageError(`${name} needs -o FILE.`);
  const dpi = parseDpi(values.dpi);
  const wanted = outputs.map((output) => ({ output, format: formatOf(output, formats) }));
  const parsed = parseSpec(await readSpecFile(file));
  const files = wanted.flatMap(({ output, format }): (WantedFile & { output: string })[] => {
    const own = { output, format, dpi };
    if (format !== 'tex' || parsed.kind.form.type === 'table') return [own];
    const csvName = path.basename(output).replace(/\.tex$/i, '.plot.csv');
    if (!CSV_NAME.test(csvName)) {
      throw new UsageError(
        `${output}: LaTeX takes names of letters, digits, points, hyphens and underscores.`,
      );
    }
    const csv = path.join(path.dirname(output), csvName);
    return [
      { ...own, csvName },
      { ...own, output: csv, format: 'plot.csv' },
    ];
  });
  await withFigures(values, async (make) => {
    const figure = await make(parsed);
    const contents = await figure.files(files);
    for (const [index, { output }] of files.entries()) {
      await mkdir(path.dirname(path.resolve(output)), { recursive: true });
      await writeFile(output, contents[index] ?? '');
    }
    for (const note of figure.notes) process.stderr.write(`${note}\n`);
    if (values.caption) process.stdout.write(`${figure.caption}\n`);
  });
  return 0;
}

export function parseDpi(text: string | undefined): number {
  if (text === undefined) return DPI.usual;
  const dpi = Number(text);
  if (Number.isInteger(dpi) && dpi >= DPI.least && dpi <= DPI.most) return dpi;
  throw new UsageError(`--dpi is a whole number from ${DPI.least} to ${DPI.most}.`);
}

function formatOf(output: string, formats: readonly FigureFormat[]): FigureFormat {
  const format = formats.find((one) => output.toLowerCase().endsWith(`.${one}`));
  if (format !== undefined) return format;
  throw new UsageError(
    `${output}: the ending must be one of ${formats.map((one) => `.${one}`).join(', ')}.`,
  );
}
