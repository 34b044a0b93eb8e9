import { createHash } from 'node:crypto';
import type { Db } from '#lib/db/client.ts';
import { findFigureSpec, saveFigure } from '#lib/db/figures.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import { parseSpec, resolveFigure, type ParsedSpec } from '#lib/figures/resolve.ts';
import {
  renderFigure,
  type FigureFormat,
  type RenderOptions,
  type ResolvedFigure,
} from '#lib/figures/render.ts';
import { canonicalJson } from '#lib/schemas/canonical-json.ts';
import { figureFonts } from './font-files.ts';
import { figureSources } from './figure-sources.ts';

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

/** The spec with its numbers as they are now for this reader. */
export async function readFigure(
  db: Db,
  parsed: ParsedSpec,
  viewer: Viewer,
): Promise<ResolvedFigure> {
  const data = await resolveFigure(parsed, figureSources(db, viewer));
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
const files = new Map<string, Promise<string | Uint8Array>>();

/** One file of a figure, drawn once for each version of its data. */
export function renderCached(
  figure: ResolvedFigure,
  format: FigureFormat,
  options: RenderOptions = {},
): Promise<string | Uint8Array> {
  const { spec, data } = figure.hashes;
  const key = [spec, data, format, options.dpi ?? '', options.csvName ?? ''].join(' ');
  const known = files.get(key);
  if (known !== undefined) return known;
  const file = renderFigure(figure, format, figureFonts(), options);
  files.set(key, file);
  file.catch(() => files.delete(key));
  const oldest = files.keys().next().value;
  if (files.size > LIMIT && oldest !== undefined) files.delete(oldest);
  return file;
}
