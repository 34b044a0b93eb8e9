import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv from 'ajv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as download from '#app/api/v1/runs/[id]/download/route.ts';
import { createToken } from '#lib/db/tokens.ts';
import { folderBlobStore } from '#lib/ingest/blob-store.ts';
import type { RunningWorker } from '#lib/jobs/run-worker.ts';
import { exportRun } from '#scripts/client/exported-files.ts';
import { call } from '../api/requests.ts';
import { testDatabase } from '../setup/database.ts';
import { startTestWorker, submitText, toJsonl, untilEnded } from '../setup/pipeline.ts';

const SCHEMAS = '../shared/data/formats/every_eval_ever';

const { db, dataFolder } = await testDatabase();
const blobs = folderBlobStore(path.join(dataFolder, 'blobs'));
const { id: tokenId } = await createToken(db, { name: 'owner', scopes: ['admin', 'submit'] });
let worker: RunningWorker;

const ROWS = [
  {
    item_key: 'a',
    prompt: 'How many “x” are in 3 + 4 x?\u2028',
    gold: '7',
    output: 'Wait… so \\boxed{7}',
    finish_reason: 'stop',
    difficulty: '3',
    groups: { subject: 'sums' },
    extras: { step: [1, { two: null }] },
  },
  { item_key: 'a', gold: '7', sample_index: 1, reasoning: '3 + 4', answer: '\\boxed{8}' },
  { item_key: 'b', prompt: '?', gold: '1', error: { code: 'timeout', message: 'no answer' } },
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
].map((row) => ({ laconic: 1, ...row }));

beforeAll(async () => {
  worker = await startTestWorker(db, blobs);
});

afterAll(async () => {
  await worker.stop();
});

/** Through the whole pipeline: upload, recognition, import, scoring. */
async function submit(text: string, header: Record<string, string>): Promise<string> {
  const id = await submitText(db, blobs, { text, header, tokenId });
  const books = await untilEnded(db, id);
  expect(books).toMatchObject({ state: 'done', stored_rows: ROWS.length, rejected_rows: 0 });
  return books.run_id ?? '';
}

async function get(run: string, format: string): Promise<string> {
  const response = await call(download.GET, {
    path: `/api/v1/x?format=${format}`,
    params: { id: run },
  });
  expect(response.status).toBe(200);
  return response.text();
}

/** All that is stored of the attempts of a run and of the items they answer, but for times and the run itself. */
async function stored(runId: string): Promise<unknown> {
  const { benchmarkId } = await db.prisma.run.findUniqueOrThrow({ where: { id: runId } });
  const { rows } = await db.pool.query<Record<string, unknown>>(
    `select to_jsonb(a) - 'run_id' - 'source_row' as attempt, to_jsonb(t) - 'run_id' as texts,
            to_jsonb(i) - 'benchmark_id' as item, g.answer as gold, s.outcome, s.extracted
     from attempt a join attempt_text t using (run_id, item_key, sample_index)
       left join score s using (run_id, item_key, sample_index)
       join item i on i.benchmark_id = $2 and i.key = item_key
       left join gold g on g.benchmark_id = $2 and g.item_key = i.key
     where a.run_id = $1 order by a.position`,
    [runId, benchmarkId],
  );
  expect(rows).toHaveLength(ROWS.length);
  return rows;
}

test('a run that is exported and submitted again is the same run, on its benchmark and on a new one', async () => {
  const first = await submit(toJsonl(ROWS), { benchmark: 'sums', verifier: 'math' });
  const text = await get(first, 'eee');
  const again = await submit(text, { benchmark: 'sums', model: 'second' });
  const elsewhere = await submit(text, { benchmark: 'other-sums', verifier: 'math' });
  expect(await stored(again)).toEqual(await stored(first));
  expect(await stored(elsewhere)).toEqual(await stored(first));
  const formats = await db.prisma.run.findMany({ where: { id: { in: [again, elsewhere] } } });
  expect(formats.map(({ sourceFormat }) => sourceFormat)).toEqual(Array(2).fill('every-eval-ever'));
  const { evaluationId: _, ...names } = namesOf(text);
  expect({ ...namesOf(await get(again, 'eee')), evaluationId: undefined }).toEqual({
    ...names,
    modelId: 'second',
    evaluationId: undefined,
  });
});

function namesOf(text: string) {
  const row = JSON.parse(text.split('\n')[0] ?? '') as Record<string, unknown>;
  return {
    evaluationId: row.evaluation_id,
    modelId: row.model_id,
    evaluation: row.evaluation,
    hash: row.sample_hash,
  };
}

test('both files keep to the published schemas, and the rows add up to the figures', async () => {
  const run = await submit(toJsonl(ROWS), { benchmark: 'schema-sums', verifier: 'math' });
  const rows = (await get(run, 'eee'))
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row) as Row);
  const aggregate = JSON.parse(await get(run, 'eee-aggregate')) as {
    evaluation_id: string;
    evaluation_results: { evaluation_result_id: string; score_details: { score: number } }[];
  };
  const [accuracy] = aggregate.evaluation_results;
  expect(rows.map(({ evaluation_id }) => evaluation_id)).toEqual(
    Array(4).fill(aggregate.evaluation_id),
  );
  expect(rows[0]?.evaluation_result_id).toBe(accuracy?.evaluation_result_id);
  const sum = rows.reduce((total, { evaluation }) => total + evaluation.score, 0);
  expect(sum / rows.length).toBe(accuracy?.score_details.score);
  if (!existsSync(SCHEMAS)) {
    process.stdout.write(`skipped: ${SCHEMAS} is not there\n`);
    return;
  }
  const schema = (name: string): object =>
    JSON.parse(readFileSync(path.join(SCHEMAS, `${name}.schema.json`), 'utf8')) as object;
  const ajv = new Ajv({ allErrors: true });
  const isInstance = ajv.compile(schema('instance_level_eval'));
  for (const row of rows) expect([isInstance(row), isInstance.errors]).toEqual([true, null]);
  const isAggregate = ajv.compile(schema('eval'));
  expect([isAggregate(aggregate), isAggregate.errors]).toEqual([true, null]);
});

interface Row {
  evaluation_id: string;
  evaluation_result_id: string;
  evaluation: { score: number };
}

test('hidden references and what may hold them are not in the file', async () => {
  const run = await submit(toJsonl(ROWS), { benchmark: 'hidden-sums', verifier: 'math' });
  await db.pool.query(`update benchmark set has_hidden_gold = true where name = 'hidden-sums'`);
  const text = await get(run, 'eee');
  expect(text).not.toContain('"reference":["');
  expect(text).not.toContain('\\"gold\\":\\"');
  expect(text).not.toContain('two');
});

test('the command writes both files, with the checksum of the samples', async () => {
  const run = await submit(toJsonl(ROWS), { benchmark: 'command-sums', verifier: 'math' });
  const server = await serve();
  const folder = mkdtempSync(path.join(tmpdir(), 'laconic-export-'));
  const port = (server.address() as { port: number }).port;
  const connection = { server: `http://localhost:${String(port)}`, token: null };
  try {
    const [figures = '', samples = ''] = await exportRun(connection, {
      run,
      format: 'eee',
      folder,
    });
    expect(samples).toBe(figures.replace(/\.json$/, '_samples.jsonl'));
    const { detailed_evaluation_results: detailed } = JSON.parse(readFileSync(figures, 'utf8')) as {
      detailed_evaluation_results: { checksum: string; total_rows: number; file_path: string };
    };
    const checksum = createHash('sha256').update(readFileSync(samples)).digest('hex');
    expect(detailed).toMatchObject({ checksum, total_rows: ROWS.length });
    expect(path.basename(detailed.file_path)).toBe(path.basename(samples));
    const unknown = exportRun(connection, { run: crypto.randomUUID(), format: 'csv', folder });
    await expect(unknown).rejects.toThrow('There is no such run.');
    expect(readdirSync(folder)).toHaveLength(2);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});

/** The route of the product behind a socket. */
function serve(): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const url = new URL(incoming.url ?? '', 'http://localhost');
      const id = url.pathname.split('/')[4] ?? '';
      const response = await call(download.GET, {
        path: `${url.pathname}${url.search}`,
        params: { id },
      });
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    })();
  });
  return new Promise((resolve) => server.listen(0, () => resolve(server)));
}
