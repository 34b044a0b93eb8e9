import { createHash } from 'node:crypto';
import type { Db } from '#lib/db/client.ts';
import { findFigureSpec, saveFigure } from '#lib/db/figures.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import { parseSpec, type ParsedSpec } from '#lib/figures/resolve.ts';
import type { FigureFormat, RenderOptions, ResolvedFigure } from '#lib/figures/render.ts';
import { canonicalJson } from '#lib/schemas/canonical-json.ts';
import type { FigurePreview, FigureTask, PlainFigure, TaskResults } from './figure-protocol.ts';
import { figureSources } from './figure-sources.ts';
import { FigureWorkers } from './figure-workers.ts';

export function figureHash({ spec }: ParsedSpec): string {
  return sha256(canonicalJson(spec));
}

function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The date in the files. It is that of the format, not of the day: a figure made again from equal data is the same file, and
 * the hashes say what it was made from.
 */
export const FILE_DATE = '2026-01-01T00:00:00.000Z';

/** Drawing is quick, resampling a large benchmark is not: neither waits for the other. */
interface Workers {
  numbers: FigureWorkers;
  drawings: FigureWorkers;
}

const holder = globalThis as typeof globalThis & { laconicFigures?: Workers };

/** One set a process, kept where the development server finds it again. */
function workers(): Workers {
  holder.laconicFigures ??= {
    numbers: new FigureWorkers({ size: 2, taskMs: 10_000 }),
    drawings: new FigureWorkers({ size: 2, taskMs: 2_000 }),
  };
  return holder.laconicFigures;
}

/** The spec with its numbers as they are now for this reader. */
export async function readFigure(
  db: Db,
  parsed: ParsedSpec,
  viewer: Viewer,
): Promise<ResolvedFigure> {
  const { numbers, drawings } = workers();
  // It loads while the numbers are read.
  drawings.prepare();
  const data = await numbers.run({ kind: 'resolve', spec: parsed.spec }, figureSources(db, viewer));
  const hashes = { spec: figureHash(parsed), data: sha256(canonicalJson(data)) };
  return { parsed, data, hashes, date: FILE_DATE };
}

/** Stores the spec, so that its hash is an address from now on. */
export async function storeFigure(db: Db, parsed: ParsedSpec): Promise<string> {
  const hash = figureHash(parsed);
  await saveFigure(db, { hash, spec: parsed.spec });
  return hash;
}

/** Null when no figure has this hash. */
export async function findFigure(db: Db, hash: string): Promise<ParsedSpec | null> {
  const spec = await findFigureSpec(db, hash);
  return spec === null ? null : parseSpec(spec);
}

/** Small and in-process; data that has changed has another key. */
const LIMIT = 64;
const drawn = new Map<string, Promise<TaskResults[DrawTask['kind']]>>();

type DrawTask = Exclude<FigureTask, { kind: 'resolve' }>;

/** Drawn once for each version of its data. */
function drawOnce(task: DrawTask): Promise<TaskResults[DrawTask['kind']]> {
  const { figure, ...output } = task;
  const key = JSON.stringify([figure.hashes.spec, figure.hashes.data, output]);
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const drawing = workers().drawings.run(task);
  drawn.set(key, drawing);
  drawing.catch(() => drawn.delete(key));
  const oldest = drawn.keys().next().value;
  if (drawn.size > LIMIT && oldest !== undefined) drawn.delete(oldest);
  return drawing;
}

function toPlain({ parsed, ...rest }: ResolvedFigure): PlainFigure {
  return { spec: parsed.spec, ...rest };
}

/** One file of a figure. Throws `unprocessable` for a format that its kind does not have, and for a drawing that takes too long. */
export async function renderCached(
  figure: ResolvedFigure,
  format: FigureFormat,
  options: RenderOptions = {},
): Promise<string | Uint8Array> {
  const task: FigureTask = { kind: 'file', figure: toPlain(figure), format, options };
  return (await drawOnce(task)) as TaskResults['file'];
}

/** What the page shows of a figure: the same geometry as in the files. */
export async function previewCached(figure: ResolvedFigure): Promise<FigurePreview> {
  return (await drawOnce({ kind: 'preview', figure: toPlain(figure) })) as FigurePreview;
}
