import { z } from 'zod';
import { streamBenchmarkItems } from '#lib/db/benchmark-items.ts';
import { findReadableBenchmark } from '#lib/db/benchmarks.ts';
import { db } from '#lib/db/client.ts';
import { AppError } from '#lib/errors.ts';
import { linesResponse } from '#lib/http/lines-response.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'The items of a benchmark',
  description:
    'JSON Lines in the order of the benchmark: key, prompt, gold (null where reference answers are hidden), choices, difficulty, groups.',
  params: z.object({ id: z.string().min(1).max(300).describe('Id, name or name@version.') }),
  query: z.object({ split: z.string().max(200).optional() }),
  response: null,
  responseContent: { type: 'application/x-ndjson', description: 'One item a line.' },
  async handle({ params: { id }, query: { split = null }, viewer }) {
    const benchmark = await findReadableBenchmark(db(), { benchmark: id, split }, viewer);
    if (benchmark === null) throw new AppError('not_found', `There is no benchmark "${id}".`);
    const { id: benchmarkId, hasHiddenGold, name, version } = benchmark;
    const items = streamBenchmarkItems(db(), { benchmarkId, hasHiddenGold });
    return linesResponse(items, {
      type: 'application/x-ndjson',
      fileName: `${name}-v${String(version)}.jsonl`,
    });
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
