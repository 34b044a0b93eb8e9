import { db, withTransaction } from '#lib/db/client.ts';
import { listBoards } from '#lib/db/benchmarks.ts';
import { readChunks } from '#lib/http/body.ts';
import { hasScope } from '#lib/http/auth.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { decode } from '#lib/ingest/decode.ts';
import { importBenchmark } from '#lib/ingest/import-benchmark.ts';
import { BenchmarkList } from '#lib/schemas/benchmark.ts';
import { BenchmarkReceipt } from '#lib/schemas/benchmark-file.ts';

const MAX_BYTES = 512 * 1024 * 1024;

export const GET = route({
  summary: 'Benchmarks',
  description:
    'Those that this reader may see, the most used first, and the groups that a mean makes sense over.',
  response: BenchmarkList,
  handle: ({ viewer }) => listBoards(db(), viewer),
});

export const POST = route({
  summary: 'Import a benchmark',
  description:
    'A file of JSON Lines, plain or packed: first a BenchmarkHeader, then one BenchmarkItem a line. All of it is stored or nothing. The same items again give the version that is there; other items under a known name need `newVersion`.',
  requestContent: { type: 'application/x-ndjson', description: 'A header line, then the items.' },
  response: BenchmarkReceipt,
  status: 201,
  scopes: ['submit', 'admin'],
  async handle({ viewer, request }) {
    const source = decode(readChunks(request.body, { maxBytes: MAX_BYTES }));
    const owner = { tokenId: viewer.tokenId, isAdmin: hasScope(viewer, 'admin') };
    return withTransaction(db(), (session) => importBenchmark(session, source, owner));
  },
});

export const { PUT, PATCH, DELETE } = refuseMethodsBut('GET', 'POST');
