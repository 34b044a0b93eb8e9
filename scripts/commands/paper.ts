import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { formatsOf } from '#lib/figures/render.ts';
import { parseSpec, type ParsedSpec } from '#lib/figures/resolve.ts';
import { productVersion } from '#lib/paper/product-version.ts';
import { canonicalJson } from '#lib/schemas/canonical-json.ts';
import type { Command } from '../command.ts';
import { SERVER_FLAGS, SERVER_USAGE, withFigures, type MadeFigure } from '../paper/figure-maker.ts';
import { includeReport, isRecord, readSpecFile } from '../paper/spec-file.ts';
import { UsageError, type ExitCode } from '../run-script.ts';
import { parseDpi } from './figure.ts';

export const command: Command = {
  summary: 'Write all figures and tables of a paper into a folder, with a manifest',
  usage: `Usage: laconic paper FIGURES.yaml -o FOLDER [--dpi N] [--server URL]

FIGURES.yaml names figures and tables, each with its spec (docs/figures.md):

  defaults: {venue: icml, palette: tol-bright}
  figures:
    main: {kind: pareto, data: {boards: [{benchmark: AIME24}]}}

For every name the folder gets each format its kind has, and MANIFEST.json with the hash of spec, data and every file, the
versions and the command that makes it again. Run again on equal data, all files are equal to the last byte, also where the
same numbers come from a server.

${SERVER_USAGE}

Exit code: 0 written, 1 nothing to draw or not found, 2 wrong use or a spec that is not valid.`,
  run: paper,
};

const Paper = z.strictObject({
  defaults: z.record(z.string(), z.unknown()).default({}),
  figures: z.record(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'names are lower-case letters, digits and hyphens'),
    z.record(z.string(), z.unknown()),
  ),
});

interface ManifestEntry {
  kind: string;
  spec: string;
  data: string;
  verifiers: readonly string[];
  caption: string;
  command: string;
  files: Record<string, { bytes: number; sha256: string }>;
}

async function paper(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { output: { type: 'string', short: 'o' }, dpi: { type: 'string' }, ...SERVER_FLAGS },
  });
  const [file] = positionals;
  const { output } = values;
  if (file === undefined || positionals.length > 1) throw new UsageError('paper takes one file.');
  if (output === undefined) throw new UsageError('paper needs -o FOLDER.');
  const dpi = parseDpi(values.dpi);
  const specs = await readPaper(file);
  await mkdir(output, { recursive: true });
  const { entries, laconic } = await withFigures(values, (make) =>
    writeAll(make, specs, { file, output, dpi }),
  );
  const manifest = { laconic, manifest: 1, dpi, figures: entries };
  await writeFile(
    path.join(output, 'MANIFEST.json'),
    `${JSON.stringify(sortKeys(manifest), null, 2)}\n`,
  );
  process.stdout.write(
    `${String(Object.keys(entries).length)} figures and tables are in ${output}.\n`,
  );
  return 0;
}

/** All specs are checked before the first one is drawn. */
async function readPaper(file: string): Promise<Map<string, ParsedSpec>> {
  const parsed = Paper.safeParse(await readSpecFile(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError(
      'invalid_input',
      `${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}.`,
    );
  }
  const specs = new Map<string, ParsedSpec>();
  for (const [name, spec] of Object.entries(parsed.data.figures)) {
    const whole = await includeReport({ ...parsed.data.defaults, ...spec }, path.dirname(file));
    try {
      specs.set(name, parseSpec(whole));
    } catch (error) {
      throw naming(name, error);
    }
  }
  return specs;
}

async function writeAll(
  make: (parsed: ParsedSpec) => Promise<MadeFigure>,
  specs: ReadonlyMap<string, ParsedSpec>,
  { file, output, dpi }: { file: string; output: string; dpi: number },
): Promise<{ entries: Record<string, ManifestEntry>; laconic: string }> {
  const entries: Record<string, ManifestEntry> = {};
  let laconic = productVersion();
  for (const [name, parsed] of specs) {
    try {
      const figure = await make(parsed);
      const wanted = formatsOf(parsed).map((format) => ({
        format,
        dpi,
        csvName: `${name}.plot.csv`,
      }));
      const contents = await figure.files(wanted);
      const files: ManifestEntry['files'] = {};
      for (const [index, { format }] of wanted.entries()) {
        const bytes = contents[index] ?? new Uint8Array();
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        files[`${name}.${format}`] = { bytes: bytes.length, sha256 };
        await writeFile(path.join(output, `${name}.${format}`), bytes);
      }
      for (const note of figure.notes) process.stderr.write(`${name}: ${note}\n`);
      ({ laconic } = figure);
      entries[name] = {
        kind: parsed.kind.id,
        spec: figure.hashes.spec,
        data: figure.hashes.data,
        verifiers: figure.verifiers,
        caption: figure.caption,
        command: `laconic paper ${path.basename(file)} -o FOLDER`,
        files,
      };
    } catch (error) {
      throw naming(name, error);
    }
  }
  return { entries, laconic };
}

/** Which figure of the file it is about. */
function naming(name: string, error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  return new AppError(error.code, `${name}: ${error.message}`, {
    details: error.details,
    cause: error,
  });
}

function sortKeys(value: unknown): unknown {
  return isRecord(value) ? (JSON.parse(canonicalJson(value)) as unknown) : value;
}
