import { AppError } from '#lib/errors.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import type { NamedFormat } from '#lib/ingest/choose-format.ts';
import { countRows } from '#lib/ingest/count-rows.ts';

/** Throws `length_mismatch` when it is known before the file is parsed that it has other rows than announced. */
export async function requireRows(
  announced: number | undefined,
  file: { name: string; sha256: string; bytes: number; named: NamedFormat },
): Promise<void> {
  if (announced === undefined) return;
  const rows = await countRows({ ...file, open: () => blobStore().open(file.sha256) });
  if (rows === null || rows === announced) return;
  throw new AppError(
    'length_mismatch',
    `${file.name} holds ${String(rows)} rows, and ${String(announced)} were announced.`,
    { details: [{ pointer: '/rows', code: 'rows_mismatch', message: `${String(rows)} arrived.` }] },
  );
}
