import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { AppError } from '#lib/errors.ts';
import { DPI } from '#lib/figures/backends/png.ts';
import { CHART_FORMATS, CSV_NAME, TABLE_FORMATS, type FigureFormat } from '#lib/figures/render.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { findFigure, readFigure, renderCached } from '#lib/paper/figure-store.ts';
import { Figure } from '#lib/schemas/figure.ts';
import { toFigure } from '../figure-response.ts';

export const dynamic = 'force-dynamic';

const TYPES: Readonly<Record<FigureFormat, string>> = {
  svg: 'image/svg+xml; charset=utf-8',
  pdf: 'application/pdf',
  png: 'image/png',
  tex: 'application/x-tex; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  'plot.csv': 'text/csv; charset=utf-8',
};
const FORMATS = [...new Set<FigureFormat>([...CHART_FORMATS, ...TABLE_FORMATS])];

export const GET = route({
  summary: 'A file of a figure',
  description:
    'HASH.svg, .pdf, .png (72 to 600 dpi), .tex with the .plot.csv it reads, .csv, .md for tables, or .json for all of it at once. The ETag changes with the numbers.',
  params: z.object({ file: z.string().max(100) }),
  query: z.strictObject({
    dpi: z.coerce
      .number()
      .int()
      .min(DPI.least)
      .max(DPI.most)
      .default(DPI.usual)
      .describe('Of a PNG.'),
    csv: z
      .string()
      .regex(CSV_NAME, 'letters, digits, points, hyphens and underscores')
      .optional()
      .describe('How a LaTeX picture names the plot.csv beside it; default: HASH.plot.csv.'),
    download: z.enum(['true', 'false']).default('false').describe('As an attachment.'),
  }),
  response: Figure,
  async handle({ params: { file }, query: { dpi, csv, download }, viewer }) {
    const { hash, format } = parseName(file);
    const parsed = await findFigure(db(), hash);
    if (parsed === null) {
      throw new AppError(
        'not_found',
        'There is no figure with this hash: POST its spec to /api/v1/figures first.',
      );
    }
    const figure = await readFigure(db(), parsed, viewer);
    if (format === 'json') return toFigure(figure);
    const content = await renderCached(figure, format, {
      ...(format === 'png' && { dpi }),
      ...(format === 'tex' && csv !== undefined && { csvName: csv }),
    });
    const name = `laconic-${hash.slice(0, 12)}.${format}`;
    return new Response(typeof content === 'string' ? content : new Uint8Array(content), {
      headers: {
        'content-type': TYPES[format],
        'content-disposition': `${download === 'true' ? 'attachment' : 'inline'}; filename="${name}"`,
        // A drawing of names that others chose must not run scripts when it is opened by itself.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        etag: `"${hash.slice(0, 16)}-${figure.hashes.data.slice(0, 16)}-${format}${format === 'png' ? `-${dpi}` : ''}${format === 'tex' && csv !== undefined ? `-${csv}` : ''}"`,
      },
    });
  },
});

function parseName(file: string): { hash: string; format: FigureFormat | 'json' } {
  const [, hash, ending] = /^([0-9a-f]{64})\.([a-z.]+)$/.exec(file) ?? [];
  const format = [...FORMATS, 'json' as const].find((one) => one === ending);
  if (hash !== undefined && format !== undefined) return { hash, format };
  throw new AppError(
    'not_found',
    `A figure's file is called by the 64 digits of its hash and one of ${[...FORMATS, 'json'].map((one) => `.${one}`).join(', ')}.`,
  );
}

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
