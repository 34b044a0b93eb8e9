import type { ErrorDetail } from '#lib/errors.ts';
import type { FileSample, Importer, RowPlace } from '#lib/importers/importer.ts';

import { decode } from './decode.ts';
import { JsonSplitter, type DocumentFault, type JsonMember } from './json-members.ts';
import { readJsonRows, type JsonRow, type ParsedJsonRow, type RefusedJsonRow } from './json-row.ts';
import { parseJsonRowWithout } from './omit-members.ts';
import { readParquetRows } from './parquet-rows.ts';
import { readTableRows } from './table-rows.ts';
import { readZipDirectory } from './zip-directory.ts';
import { readZipMembers, type ZipMember } from './zip-members.ts';

/** A row of any file: its value with its place, or why it has none. */
export type SourceRow =
  (ParsedJsonRow & Partial<Pick<RowPlace, 'path' | 'around'>>) | RefusedJsonRow;

/** Everything that has to be known to find the rows of a file. */
export interface RowSource {
  importer: Importer;
  sample: FileSample;
  /** The raw bytes from the beginning; an archive is read twice. */
  open: () => Promise<AsyncIterable<Uint8Array>>;
}

/** All rows of a file in batches, by the layout of its format: lines, members of a document or an archive, a table, Parquet. */
export async function* readRows({
  importer,
  sample,
  open,
}: RowSource): AsyncGenerator<SourceRow[]> {
  const { layout } = importer;
  if (sample.shape === 'parquet') {
    yield* readParquetRows(decode(await open()));
  } else if (layout?.table !== undefined) {
    yield* readTableRows(decode(await open()), layout.table.delimiter);
  } else if (sample.shape === 'archive') {
    const entries = await readZipDirectory(decode(await open()));
    yield* readArchiveRows(
      readZipMembers(decode(await open()), entries, isOfInterest(importer)),
      importer,
    );
  } else if (
    sample.shape === 'document' ||
    (layout?.document !== undefined && sample.document !== null)
  ) {
    yield* readDocumentRows(decode(await open()), layout?.document ?? [['*']], layout?.omit);
  } else {
    yield* readJsonRows(decode(await open()));
  }
}

/** The rows under the given paths of one JSON document. A document that breaks off gives one refused row at its end. */
export async function* readDocumentRows(
  source: AsyncIterable<Uint8Array>,
  paths: readonly (readonly string[])[],
  omit: readonly string[] = [],
): AsyncGenerator<SourceRow[]> {
  const toDocumentRow = (member: JsonMember): SourceRow => placeMember(member, omit);
  const splitter = new JsonSplitter(paths);
  for await (const chunk of source) {
    const members = splitter.push(chunk);
    if (members.length > 0) yield members.map(toDocumentRow);
    if (splitter.fault !== null) break;
  }
  const rows = splitter.fault === null ? splitter.finish().map(toDocumentRow) : [];
  if (splitter.fault !== null) rows.push(toRefusedRow(splitter.fault));
  if (rows.length > 0) yield rows;
}

/** The rows of an archive; members that hold context must stand before those that hold rows, as writers put them. */
async function* readArchiveRows(
  members: AsyncIterable<ZipMember>,
  importer: Importer,
): AsyncGenerator<SourceRow[]> {
  const context: Record<string, unknown> = {};
  for await (const member of members) {
    const row = parseMember(member, importer.layout?.omit ?? []);
    if (importer.layout?.archive?.isContext(member.name) === true) {
      if (row.error === null) context[member.name] = row.value;
      continue;
    }
    yield [row.error === null ? { ...row, path: [member.name], around: [context] } : row];
  }
}

/** The parsed member; its findings are told by the name and place of the member. */
function parseMember(member: ZipMember, omit: readonly string[]): JsonRow {
  const row = parseJsonRowWithout(omit, {
    line: 1,
    byteOffset: 0,
    bytes: member.bytes,
    byteLength: member.plainBytes,
    isTerminated: true,
    hasMark: false,
  });
  const place = { line: 1, byteOffset: member.byteOffset };
  if (row.error === null) return { ...row, ...place };
  const error = {
    ...row.error,
    ...place,
    pointer: prefixed([member.name], row.error.pointer ?? ''),
  };
  return { ...place, error };
}

function isOfInterest({ layout }: Importer): (name: string) => boolean {
  return (name) =>
    layout?.archive !== undefined && (layout.archive.isRow(name) || layout.archive.isContext(name));
}

function placeMember(member: JsonMember, omit: readonly string[]): SourceRow {
  const row = parseJsonRowWithout(omit, member);
  const { path, around } = member;
  if (row.error === null) return { ...row, path, around };
  const error: ErrorDetail = { ...row.error, pointer: prefixed(path, row.error.pointer ?? '') };
  return { line: row.line, byteOffset: row.byteOffset, error };
}

function toRefusedRow({ line, byteOffset, path, code, message }: DocumentFault): RefusedJsonRow {
  const hint =
    code === 'cut_document'
      ? 'The writer or the transfer was interrupted; the rows before this place were read.'
      : 'The rest of the document can not be read; the rows before this place were.';
  const error = { line, byteOffset, pointer: prefixed(path, ''), code, message, hint };
  return { line, byteOffset, error };
}

/** A pointer into a row as a pointer into its file (RFC 6901). */
export function prefixed(path: readonly (string | number)[], pointer: string): string {
  const steps = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`);
  return `${steps.join('')}${pointer}`;
}
