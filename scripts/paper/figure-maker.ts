import { AppError } from '#lib/errors.ts';
import { captionOf, type FigureFormat } from '#lib/figures/render.ts';
import type { ParsedSpec } from '#lib/figures/resolve.ts';
import { previewCached, readFigure, renderCached } from '#lib/paper/figure-store.ts';
import { productVersion } from '#lib/paper/product-version.ts';
import { Figure } from '#lib/schemas/figure.ts';
import { CONNECTION_FLAGS, readConnection, type Connection } from '../client/connection.ts';
import { withInstallation } from '../client/installation.ts';
import { request, requestBytes } from '../client/request.ts';

/** A figure with its numbers, wherever they are; its files are the same to the last byte here and there. */
export interface MadeFigure {
  hashes: { spec: string; data: string };
  verifiers: readonly string[];
  caption: string;
  /** Version of the program that draws. */
  laconic: string;
  /** What found no room, in sentences. */
  notes: readonly string[];
  files(wanted: readonly WantedFile[]): Promise<Uint8Array[]>;
}

export interface WantedFile {
  format: FigureFormat;
  dpi: number;
  /** What the LaTeX of a chart reads. */
  csvName?: string;
}

type MakeFigure = (parsed: ParsedSpec) => Promise<MadeFigure>;

export const SERVER_FLAGS = CONNECTION_FLAGS;

export const SERVER_USAGE = `  --server URL    take the numbers of that server instead; files are the same as there
  --token T       for runs that are not public (default: LACONIC_TOKEN); only with --server`;

/** Figures of the server that the flags name, else of the installation, where it reads as anonymous readers do. */
export async function withFigures<T>(
  flags: { server?: string; token?: string },
  work: (make: MakeFigure) => Promise<T>,
): Promise<T> {
  if (flags.server !== undefined) {
    const connection = readConnection(flags);
    return work((parsed) => makeRemotely(connection, parsed));
  }
  return withInstallation((db) =>
    work(async (parsed) => {
      const figure = await readFigure(db, parsed, null);
      return {
        hashes: figure.hashes,
        verifiers: figure.data.facts.verifiers,
        caption: captionOf(figure).text,
        laconic: productVersion(),
        notes: notesOf(await previewCached(figure)),
        files: (wanted) =>
          Promise.all(
            wanted.map(async ({ format, dpi, csvName }) =>
              Buffer.from(
                await renderCached(figure, format, {
                  ...(format === 'png' && { dpi }),
                  ...(format === 'tex' && csvName !== undefined && { csvName }),
                }),
              ),
            ),
          ),
      };
    }),
  );
}

/** What did not fit: in the drawing of a chart, or on a page for a table. */
function notesOf({ drawing, table }: Pick<Figure, 'drawing' | 'table'>): readonly string[] {
  return drawing?.notes ?? table?.notes ?? [];
}

async function makeRemotely(connection: Connection, { spec }: ParsedSpec): Promise<MadeFigure> {
  const figure = await request(
    connection,
    { method: 'POST', path: '/api/v1/figures', json: spec },
    Figure,
  );
  const read = ({ format, dpi, csvName }: WantedFile) => {
    const file = figure.files[format];
    if (file === undefined) {
      const known = Object.keys(figure.files).join(', ');
      throw new AppError('unprocessable', `The figure has no ${format}: it comes as ${known}.`);
    }
    const csv = format === 'tex' && csvName !== undefined ? `?csv=${csvName}` : '';
    const query = format === 'png' ? `?dpi=${dpi}` : csv;
    return requestBytes(connection, { method: 'GET', path: `${file}${query}` });
  };
  return {
    hashes: { spec: figure.hash, data: figure.dataHash },
    verifiers: figure.verifiers,
    caption: figure.caption.text,
    laconic: figure.laconic,
    notes: notesOf(figure),
    async files(wanted) {
      const files: Uint8Array[] = [];
      for (const one of wanted) files.push(await read(one));
      await requireSameNumbers(connection, figure);
      return files;
    },
  };
}

/** Files that were read one after another belong together only if the numbers stood still. */
async function requireSameNumbers(
  connection: Connection,
  { hash, dataHash }: Figure,
): Promise<void> {
  const path = `/api/v1/figures/${hash}.json`;
  const now = await request(connection, { method: 'GET', path }, Figure);
  if (now.dataHash === dataHash) return;
  throw new AppError(
    'conflict',
    'The numbers changed while the files were read. Run the command again.',
  );
}
