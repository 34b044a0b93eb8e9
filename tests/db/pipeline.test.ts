import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { publishSubmission, withdrawSubmission } from '#lib/db/submission-actions.ts';
import { getSubmission } from '#lib/db/submission-view.ts';
import { createToken } from '#lib/db/tokens.ts';
import { folderBlobStore } from '#lib/ingest/blob-store.ts';
import { listGradings } from '#lib/db/gradings.ts';
import { jobKinds } from '#lib/jobs/kinds/index.ts';
import { ScoringPool } from '#lib/jobs/scoring-pool.ts';
import { testDatabase } from '../setup/database.ts';
import { tokenizers } from '#lib/tokens/index.ts';
import {
  additionRow,
  booksOf,
  submitText,
  toJsonl,
  untilEnded,
  startTestWorker,
} from '../setup/pipeline.ts';

const { db, dataFolder } = await testDatabase();
const blobs = folderBlobStore(path.join(dataFolder, 'blobs'));

const rows = (count: number) => Array.from({ length: count }, (_, index) => additionRow(index));
const submit = (file: Parameters<typeof submitText>[2]) => submitText(db, blobs, file);
const process = (id: string) => untilEnded(db, id);

const worker = await startTestWorker(db, blobs);
afterAll(() => worker.stop());

async function countOf(sql: string, parameters: unknown[]): Promise<number> {
  const { rows: counted } = await db.pool.query<{ count: number }>(sql, parameters);
  return counted[0]?.count ?? -1;
}

describe('a file with a mapping of its own', () => {
  const mapping = {
    laconic_mapping: 1 as const,
    label: 'Sums in a table',
    format: 'csv' as const,
    item: { key: '/id', prompt: '/question', gold: '/truth' },
    output: '/said',
  };
  const table = 'id,question,truth,said\n1,1+1?,2,\\boxed{2}\n2,1+2?,3,\\boxed{4}\n';
  const name = 'sums.csv';

  test('is read by it, and says so', async () => {
    const header = { benchmark: 'mapped', mapping };
    const id = await submit({ text: table, header, name });
    expect(await process(id)).toMatchObject({ state: 'done', received_rows: 2, attempts: 2 });
    const { outcomes, ...found } = await getSubmission(db, id);
    expect(outcomes).toMatchObject({ correct: 1, wrong: 1 });
    expect(found).toMatchObject({
      format: 'mapping',
      formatEvidence: 'read by the mapping "Sums in a table"',
    });
  });

  test('is refused with the reason when the mapping passes over every row', async () => {
    const header = { benchmark: 'nobody', mapping: { ...mapping, only: { '/id': ['9'] } } };
    const books = await process(await submit({ text: table, header, name }));
    expect(books).toMatchObject({ state: 'failed', received_rows: 2, rejected_rows: 2 });
    expect(books.failure?.message).toContain('passes over all 2');
  });

  test('is refused with the place where the mapping finds nothing', async () => {
    const item = { ...mapping.item, key: '/nr', prompt: '/task' };
    const header = { benchmark: 'mapped elsewhere', mapping: { ...mapping, item } };
    const id = await submit({ text: table, header, name });
    const books = await process(id);
    expect(books).toMatchObject({ state: 'failed', received_rows: 2, rejected_rows: 2 });
    const { rows: found } = await db.pool.query(
      'select code from rejected_row where submission_id = $1',
      [id],
    );
    expect(found[0]).toMatchObject({ code: 'missing_question' });
  });
});

describe('a file with golds', () => {
  test('declares its benchmark and is scored to the last attempt', async () => {
    const id = await submit({ text: toJsonl(rows(450)), header: { benchmark: 'declared' } });
    const books = await process(id);
    expect(books).toMatchObject({
      state: 'done',
      received_rows: 450,
      stored_rows: 450,
      rejected_rows: 0,
      dead_rows: 0,
      attempts: 450,
    });
    const { rows: outcomes } = await db.pool.query<{ outcome: string; count: number }>(
      `select outcome, count(*)::int from score where run_id = $1 group by outcome order by outcome`,
      [books.run_id],
    );
    const said = rows(450).map((_, index) =>
      index % 5 === 4 ? 'unparsed' : index % 3 === 2 ? 'wrong' : 'correct',
    );
    const expected = ['correct', 'unparsed', 'wrong'].map((outcome) => ({
      outcome,
      count: said.filter((other) => other === outcome).length,
    }));
    expect(Object.fromEntries(outcomes.map((row) => [row.outcome, row.count]))).toEqual(
      Object.fromEntries(expected.map((row) => [row.outcome, row.count])),
    );
    const benchmark = await db.prisma.benchmark.findFirstOrThrow({ where: { name: 'declared' } });
    expect(benchmark).toMatchObject({
      version: 1,
      itemCount: 450,
      defaultVerifier: 'math',
      visibility: 'unlisted',
    });

    const summary = await db.prisma.runSummary.findFirstOrThrow({
      where: { runId: books.run_id ?? '' },
    });
    const correct = expected.find((row) => row.outcome === 'correct')?.count ?? 0;
    expect(summary.tokenizer).toBe('o200k');
    expect(summary.figures).toMatchObject({
      accuracy: correct / 450,
      attempts: 450,
      missingShare: 0,
    });
    expect(summary.rank).toBe(1);
    expect(
      await countOf(`select count(*)::int from token_count where run_id = $1`, [books.run_id]),
    ).toBe(450);
    expect(
      await countOf(`select sum(reflections)::int as count from trace where run_id = $1`, [
        books.run_id,
      ]),
    ).toBe(450);
  });

  test('its order and its missing attempts follow from the item list, not from the file', async () => {
    await process(
      await submit({ text: toJsonl(rows(10)), header: { benchmark: 'ordered' } }).then(publish),
    );
    const half = rows(10)
      .filter((_, index) => index % 2 === 0)
      .reverse();
    const books = await process(
      await submit({ text: toJsonl(half), header: { benchmark: 'ordered' } }),
    );
    const summary = await db.prisma.runSummary.findFirstOrThrow({
      where: { runId: books.run_id ?? '' },
    });
    expect(summary.figures).toMatchObject({ missingShare: 0.5, expectedAttempts: 10 });
    const { rows: positions } = await db.pool.query<{ item_position: number }>(
      `select item_position from attempt where run_id = $1 order by position`,
      [books.run_id],
    );
    expect(positions.map((row) => row.item_position)).toEqual([8, 6, 4, 2, 0]);
  });
});

/** Makes the benchmark of a submission public, so that the next test submitter may use it. */
async function publish(id: string): Promise<string> {
  await process(id);
  await db.pool.query(
    `update benchmark b set visibility = 'public' from run r where r.benchmark_id = b.id and r.submission_id = $1`,
    [id],
  );
  return id;
}

describe('bad rows', () => {
  const text = `${toJsonl(rows(3))}{"item_key": "x", \n${toJsonl([{ item_key: 'no output' }])}`;

  test('a strict file is refused whole, with every bad row in the report', async () => {
    const id = await submit({ text, header: { benchmark: 'strict' } });
    const books = await process(id);
    expect(books).toMatchObject({
      state: 'failed',
      received_rows: 5,
      stored_rows: 0,
      rejected_rows: 5,
      run_id: null,
    });
    expect(books.failure?.message).toContain('2 of 5 rows');
    const { rows: findings } = await db.pool.query(
      `select row, line, code from rejected_row where submission_id = $1 order by row`,
      [id],
    );
    expect(findings).toMatchObject([
      { row: 4, line: 4 },
      { row: 5, line: 5 },
    ]);
    expect(await db.prisma.benchmark.count({ where: { name: 'strict' } })).toBe(0);
  });

  test('a lenient file keeps its good rows and lists the others', async () => {
    const id = await submit({ text, header: { benchmark: 'lenient', rowPolicy: 'lenient' } });
    expect(await process(id)).toMatchObject({
      state: 'done',
      received_rows: 5,
      stored_rows: 3,
      rejected_rows: 2,
    });
    expect(
      await countOf(`select count(*)::int from rejected_row where submission_id = $1`, [id]),
    ).toBe(2);
  });

  test.each([
    ['an empty file', '', 'it is empty'],
    ['a file in no known format', '{"colour": "blue"}\n', 'no known format'],
  ])('%s fails with a sentence that says so', async (_name, content, says) => {
    const books = await process(await submit({ text: content, header: { benchmark: 'hopeless' } }));
    expect(books).toMatchObject({ state: 'failed', stored_rows: 0 });
    expect(books.failure?.message).toContain(says);
  });

  test('a gold that differs, an unknown item and a repeated sample are refused with their codes', async () => {
    await publish(await submit({ text: toJsonl(rows(3)), header: { benchmark: 'fixed' } }));
    const bad = [
      { ...additionRow(0), gold: '8' },
      additionRow(99),
      additionRow(1),
      additionRow(1),
      { ...additionRow(2), item_key: '..' },
    ];
    const id = await submit({
      text: toJsonl(bad),
      header: { benchmark: 'fixed', rowPolicy: 'lenient' },
    });
    expect(await process(id)).toMatchObject({ state: 'done', stored_rows: 1, rejected_rows: 4 });
    const { rows: findings } = await db.pool.query<{ code: string }>(
      `select code from rejected_row where submission_id = $1 order by row`,
      [id],
    );
    expect(findings.map(({ code }) => code)).toEqual([
      'gold_differs',
      'item_not_in_benchmark',
      'duplicate_sample',
      'item_key_reserved',
    ]);
  });

  test('a file may extend a benchmark, which makes a new version and leaves the old one alone', async () => {
    await publish(await submit({ text: toJsonl(rows(3)), header: { benchmark: 'growing' } }));
    const id = await submit({
      text: toJsonl(rows(5)),
      header: { benchmark: 'growing', extend: true },
    });
    expect(await process(id)).toMatchObject({ state: 'done', stored_rows: 5 });
    const versions = await db.prisma.benchmark.findMany({
      where: { name: 'growing' },
      select: { version: true, itemCount: true },
      orderBy: { version: 'asc' },
    });
    expect(versions).toEqual([
      { version: 1, itemCount: 3 },
      { version: 2, itemCount: 5 },
    ]);
  });

  test("somebody else's unlisted benchmark can not be used", async () => {
    await process(await submit({ text: toJsonl(rows(2)), header: { benchmark: 'mine' } }));
    const other = await createToken(db, { name: 'other', scopes: ['submit'] });
    const id = await submit({
      text: toJsonl(rows(2)),
      header: { benchmark: 'mine' },
      tokenId: other.id,
    });
    const books = await process(id);
    expect(books.state).toBe('failed');
    expect(books.failure?.code).toBe('conflict');
  });
});

describe('the verifier of a declared benchmark', () => {
  const declare = async (benchmark: string, golds: readonly string[]) => {
    const text = toJsonl(golds.map((gold, index) => ({ ...additionRow(index), gold })));
    await process(await submit({ text, header: { benchmark } }));
    return (await db.prisma.benchmark.findFirstOrThrow({ where: { name: benchmark } }))
      .defaultVerifier;
  };

  test('is mathematics also where some references are words', async () => {
    const golds = ['\\frac{1}{2}', 'x^2+1', 'Evelyn', '(3,\\frac{\\pi}{2})', '12'];
    expect(await declare('mixed-golds', golds)).toBe('math');
  });

  test('is text where the references are words', async () => {
    expect(await declare('word-golds', ['Evelyn', 'the red door', 'Paris'])).toBe('string');
  });

  test('is JSON where the references are objects', async () => {
    expect(await declare('json-golds', ['{"a": 1}', '{"b": [2]}'])).toBe('json');
  });
});

describe('the ranks of a board', () => {
  const rankOf = async (id: string) => {
    const { rows: found } = await db.pool.query<{ rank: number | null }>(
      `select s.rank from run_summary s join run r on r.id = s.run_id where r.submission_id = $1`,
      [id],
    );
    return found[0]?.rank ?? null;
  };

  test('follow when a run is published and when one is withdrawn', async () => {
    const best = await publish(
      await submit({ text: toJsonl(rows(60)), header: { benchmark: 'ranked' } }),
    );
    const worse = rows(60).map((row) => ({ ...row, output: 'So it is \\boxed{0}.' }));
    const header = { benchmark: 'ranked', visibility: 'unlisted', model: 'hidden' } as const;
    const hidden = await submit({ text: toJsonl(worse), header });
    await process(hidden);
    expect(await rankOf(hidden)).toBeNull();
    const actionOn = async (submissionId: string) => {
      const { ownerTokenId } = await db.prisma.submission.findUniqueOrThrow({
        where: { id: submissionId },
      });
      return { submissionId, ownerTokenId, actorTokenId: ownerTokenId };
    };
    await publishSubmission(db, await actionOn(hidden));
    await expect.poll(() => rankOf(hidden), { timeout: 30_000 }).toBe(2);
    await withdrawSubmission(db, await actionOn(best));
    await expect.poll(() => rankOf(hidden), { timeout: 30_000 }).toBe(1);
  });
});

describe('exactly once', () => {
  test('every job kind may run twice', async () => {
    const id = await submit({ text: toJsonl(rows(300)), header: { benchmark: 'twice' } });
    const before = await process(id);
    const snapshot = async () => {
      const { rows: summaries } = await db.pool.query(
        `select tokenizer, state, figures, rank from run_summary where run_id = $1`,
        [before.run_id],
      );
      const scores = await countOf(`select count(*)::int from score where run_id = $1`, [
        before.run_id,
      ]);
      return { books: await booksOf(db, id), summaries, scores };
    };
    const first = await snapshot();
    const run = await db.prisma.run.findUniqueOrThrow({ where: { id: before.run_id ?? '' } });
    const payloads: Record<string, unknown> = {
      'ingest-submission': { submissionId: id },
      'score-batch': {
        runId: run.id,
        verifier: 'math',
        version: await currentVersion(run.id),
        policy: 'default',
        batch: 1,
      },
      'rank-board': { benchmarkId: run.benchmarkId },
      'recount-run': {
        runId: run.id,
        tokenizer: 'o200k',
        version: tokenizers.get('o200k').version,
        from: 0,
      },
      'grade-run': {
        runId: run.id,
        verifier: 'math',
        version: await currentVersion(run.id),
        policy: 'default',
        from: 0,
        tallies: [],
      },
    };
    expect(Object.keys(payloads).sort()).toEqual(jobKinds.all.map((kind) => kind.id));
    const scoring = new ScoringPool(1);
    for (const kind of jobKinds.all) {
      const signal = new AbortController().signal;
      await kind.run(payloads[kind.id], { db, blobs, scoring, signal, isLastTry: false });
    }
    const gradings = await listGradings(db, run.id);
    expect(gradings.every(({ attempts }) => attempts === 300)).toBe(true);
    await jobKinds.get('grade-run').run(payloads['grade-run'], {
      ...{ db, blobs, scoring, isLastTry: false },
      signal: new AbortController().signal,
    });
    expect(await listGradings(db, run.id)).toEqual(gradings);
    await scoring.close();
    expect(await snapshot()).toEqual(first);
  });
});

async function currentVersion(runId: string): Promise<number> {
  const summary = await db.prisma.runSummary.findFirstOrThrow({ where: { runId } });
  return summary.version;
}

describe('a row that breaks the verifier every time', () => {
  test('is dead with its reason, the other rows are scored and the books balance', async () => {
    await worker.stop();
    const id = await submit({
      text: toJsonl([additionRow(0), { ...additionRow(1), gold: 'crash' }, additionRow(2)]),
      header: { benchmark: 'poisoned' },
    });
    const scoring = new ScoringPool(1, {
      thread: new URL('../unit/jobs/faulty-thread.ts', import.meta.url),
    });
    const context = { db, blobs, scoring, signal: new AbortController().signal, isLastTry: false };
    await jobKinds.get('ingest-submission').run({ submissionId: id }, context);
    const { run_id: runId } = await booksOf(db, id);
    const { verifier, version } = await db.prisma.runSummary.findFirstOrThrow({
      where: { runId: runId ?? '' },
    });
    const payload = { runId, verifier, version, policy: 'default', batch: 0 };
    for (let times = 0; times < 2; times += 1) {
      await jobKinds.get('score-batch').run(payload, context);
    }
    await scoring.close();
    expect(await booksOf(db, id)).toMatchObject({
      received_rows: 3,
      stored_rows: 2,
      rejected_rows: 0,
      dead_rows: 1,
    });
    const { rows: dead } = await db.pool.query(
      `select row, tries, reason from dead_row where submission_id = $1`,
      [id],
    );
    expect(dead).toEqual([
      { row: 2, tries: 3, reason: 'The verifier failed 3 times: the verifier is broken' },
    ]);
    const { rows: scores } = await db.pool.query<{ outcome: string }>(
      `select outcome from score where run_id = $1 order by item_key`,
      [runId],
    );
    expect(scores.map(({ outcome }) => outcome)).toEqual(['correct', 'unverifiable', 'correct']);
  });
});
