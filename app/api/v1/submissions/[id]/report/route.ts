import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { listRowReport } from '#lib/db/row-report.ts';
import { csvLine } from '#lib/http/csv.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { getReadableSubmission } from '#lib/http/submission-access.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { RowReport } from '#lib/schemas/submission.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'Read what became of the rows that are not stored',
  description:
    'Rejected rows with line, byte offset, JSON pointer, reason and hint, then rows that failed three times. As CSV it is all of them in one file.',
  params: z.object({ id: Uuid }),
  query: z.strictObject({
    format: z.enum(['json', 'csv']).default('json'),
    cursor: z.string().max(40).optional().describe('`nextCursor` of the page before.'),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  }),
  response: RowReport,
  scopes: ['submit', 'read:private'],
  async handle({ params: { id }, query, viewer }) {
    const { rows, warnings } = await getReadableSubmission(viewer, id);
    if (query.format === 'csv') return csvReport(id);
    const { received, stored, rejected, dead } = rows;
    const page = await listRowReport(db(), {
      submissionId: id,
      cursor: query.cursor ?? null,
      limit: query.limit,
    });
    return {
      submissionId: id,
      rows: { received, stored, rejected, dead },
      warnings,
      ...page,
    };
  },
});

function csvReport(id: string): Response {
  const lines = csvLines(id);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done === true) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="rows-${id}.csv"`,
    },
  });
}

async function* csvLines(id: string): AsyncGenerator<string, undefined> {
  yield csvLine(['fate', 'row', 'line', 'byte_offset', 'pointer', 'code', 'message', 'hint']);
  let cursor: string | null = null;
  do {
    const page = await listRowReport(db(), { submissionId: id, cursor, limit: 1000 });
    const rejected = page.rejected.map((row) =>
      csvLine([
        'rejected',
        row.row,
        row.line,
        row.byteOffset,
        row.pointer,
        row.code,
        row.message,
        row.hint,
      ]),
    );
    const dead = page.dead.map((row) =>
      csvLine(['dead', row.row, null, null, null, row.stage, row.reason, null]),
    );
    yield [...rejected, ...dead].join('');
    cursor = page.nextCursor;
  } while (cursor !== null);
  return undefined;
}

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
