import { expect, test } from 'vitest';
import { withTransaction } from '#lib/db/client.ts';
import { type DownloadedSample, streamSamples } from '#lib/db/sample-download.ts';
import { findSampleScope } from '#lib/db/samples.ts';
import { ingestFile, type IngestResult } from '#lib/ingest/ingest-file.ts';
import { SubmissionHeader } from '#lib/schemas/submission.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { chunksOf } from '../unit/ingest/byte-source.ts';

const { db } = await testDatabase();

const ROWS = [
  { item_key: 'a', gold: '7', output: 'Wait… so \\boxed{7}', finish_reason: 'stop' },
  { item_key: 'a', gold: '7', sample_index: 1, reasoning: '3 + 4', answer: '8' },
  { item_key: 'b', gold: '1', error: { code: 'timeout', message: 'no answer' } },
  {
    item_key: 'b',
    gold: '1',
    sample_index: 1,
    output: '',
    tokens: { prompt: 5, output: 9, reasoning: 4, answer: 5, source: 'provider', note: 'billed' },
    finish_reason: 'length',
    reported: { score: 0.5, correct: false, extracted: '2' },
    signals: { confidence: 0.25 },
  },
];

function ingest(content: string): Promise<IngestResult> {
  return withTransaction(db, (session) =>
    ingestFile(
      session,
      {
        submissionId: null,
        header: SubmissionHeader.parse({ benchmark: 'round', model: 'm', traceVisibility: 'full' }),
        fileName: 'run.jsonl',
        ownerTokenId: null,
        isAdmin: true,
        open: () => Promise.resolve(chunksOf(Buffer.from(content))),
      },
      () => Promise.resolve(),
    ),
  );
}

async function download(runId: string): Promise<DownloadedSample[]> {
  const scope = await findSampleScope(db, runId, null);
  if (scope === null) throw new Error('The run is not there.');
  const samples: DownloadedSample[] = [];
  for await (const sample of streamSamples(db, scope)) samples.push(sample);
  return samples;
}

test('what a run page gives out makes the same run when it is sent back', async () => {
  const first = await ingest(ROWS.map((row) => JSON.stringify({ laconic: 1, ...row })).join('\n'));
  const samples = await download(first.runId);
  expect(samples).toHaveLength(ROWS.length);
  const second = await ingest(samples.map((sample) => JSON.stringify(sample)).join('\n'));
  expect(second).toMatchObject({ format: 'laconic-download', received: 4, rejected: 0 });
  expect(second.benchmark.id).toBe(first.benchmark.id);
  expect(await download(second.runId)).toEqual(samples);
});
