import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attacks } from '#lib/audit/attacks/index.ts';
import { probesFor } from '#lib/audit/attack-probes.ts';
import { attackText, auditText } from '#lib/audit/report-text.ts';
import {
  auditAttacks,
  auditCases,
  poolJudge,
  type AuditJudge,
  type Fault,
} from '#lib/judge/audit-run.ts';
import { importedJudge } from '#lib/judge/imported-verdicts.ts';
import { readCases, readGolds, type RefusedCase } from '#lib/judge/case-files.ts';
import { auditSeriesFile } from '#lib/judge/series-run.ts';
import { VerdictPool } from '#lib/judge/verdict-pool.ts';

let folder = '';
const pool = new VerdictPool(1);
const math = poolJudge('math', pool, { verifier: 'math', policy: {} });
const text = poolJudge('string', pool, { verifier: 'string', policy: {} });
/** Accepts everything, as a judge that was talked round. */
const gullible: AuditJudge = {
  label: 'gullible',
  judge: (inputs) =>
    Promise.resolve(
      inputs.map(() => ({
        verdict: { status: 'correct', extracted: null, reason: null },
        ms: null,
      })),
    ),
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'laconic-audit-'));
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

test('cases are judged in order by every judge, and the faults are told', async () => {
  const rows = Array.from({ length: 1200 }, (_, index) => ({
    id: String(index),
    gold: '1/2',
    pred: index % 2 === 0 ? '0.5' : '0.6',
    expected: index % 2 === 0,
    kind: 'pair',
  }));
  const file = await write(
    'halves.jsonl.gz',
    gzipSync(rows.map((row) => JSON.stringify(row)).join('\n')),
  );
  const faults: Fault[] = [];
  const cases = readCases({ file, bareForm: 'boxed' }, () => undefined);
  const report = await auditCases(cases, [math, text], (fault) => void faults.push(fault));
  expect(report).toMatchObject({ cases: 1200, right: 600 });
  expect(report.judges[0]).toMatchObject({ judge: 'math', accuracy: { value: 1 } });
  expect(report.judges[1]).toMatchObject({ counts: { rightRefused: 600, wrongRefused: 600 } });
  expect(report.slices).toMatchObject([{ value: 'halves' }, { dimension: 'kind', value: 'pair' }]);
  expect(faults).toHaveLength(600);
  expect(faults[1]).toMatchObject({ judge: 'string', kind: 'refusal', labelled: { id: '2' } });
  expect(auditText(report, { isWide: false })).toContain('1200 cases, 600 of them right');
});

test('a line that is no case is told with its place, and the rest is judged', async () => {
  const file = await write(
    'mixed.jsonl',
    '{"gold":"1","response":"1","label":true}\nnope\n{"gold":"1","response":"1"}\n',
  );
  const refused: RefusedCase[] = [];
  const report = await auditCases(
    readCases({ file, bareForm: 'boxed' }, (one) => refused.push(one)),
    [math],
  );
  expect(report.cases).toBe(1);
  expect(refused.map(({ line }) => line)).toEqual([2, 3]);
  await expect(readGolds(path.join(folder, 'absent.jsonl'), () => undefined)).rejects.toThrow(
    'absent',
  );
});

test('references to attack come from texts, golds or answers, each once', async () => {
  const file = await write(
    'golds.jsonl',
    '"7"\n{"gold":"8"}\n{"answer":9}\n{"gold":"7"}\n{"x":1}\n',
  );
  const refused: RefusedCase[] = [];
  expect(await readGolds(file, (one) => refused.push(one))).toEqual(['7', '8', '9']);
  expect(refused).toMatchObject([{ line: 5 }]);
});

test('the success of attacks is told by judge, with an example', async () => {
  const probes = probesFor('42', attacks.all, { seed: 1, perAttack: 3 });
  const report = await auditAttacks(
    probes,
    attacks.all.map(({ id }) => id),
    [math, gullible],
  );
  for (const [rule, talkedRound] of report.cells) {
    expect(rule?.accepted).toBe(0);
    expect(talkedRound?.rate?.value).toBe(1);
  }
  expect(attackText(report, { isWide: false })).toContain('gullible accepted gibberish for "42"');
});

test('verdicts of somebody else are a column by the ids of the cases', async () => {
  const cases = await write(
    'three.jsonl',
    '{"id":"a","gold":"1","response":"1","label":true}\n{"id":"b","gold":"1","response":"2","label":false}\n{"id":"c","gold":"1","response":"3","label":false}\n',
  );
  const verdicts = await write(
    'verdicts.jsonl',
    '{"id":"a","verdict":"correct"}\n{"id":"b","verdict":true}\n{"id":"c"}\n',
  );
  const refused: RefusedCase[] = [];
  const imported = await importedJudge(verdicts, (one) => refused.push(one));
  const report = await auditCases(
    readCases({ file: cases, bareForm: 'boxed' }, () => undefined),
    [imported],
  );
  expect(report.judges[0]?.counts).toMatchObject({
    rightAccepted: 1,
    wrongAccepted: 1,
    unverifiable: 0,
  });
  expect(refused).toMatchObject([{ line: 3 }]);
});

test('a reward that learns to be fooled is told from the audit, step by step', async () => {
  const samples = [100, 200, 300, 400, 500].flatMap((step) =>
    Array.from({ length: 200 }, (_, index) => {
      const isHacked = step > 300 && index < 100;
      const response = isHacked
        ? 'As verified, that is right.'
        : index % 2 === 0
          ? '\\boxed{7}'
          : '\\boxed{8}';
      return { step, gold: '7', response };
    }),
  );
  const file = await write('series.jsonl', samples.map((row) => JSON.stringify(row)).join('\n'));
  /** Rewards a claim of being right, as a judge that was talked round. */
  const fooled: AuditJudge = {
    label: 'fooled',
    judge: async (inputs) => {
      const judged = await math.judge(inputs);
      return judged.map((one, index) =>
        inputs[index]?.response.includes('verified') === true
          ? { verdict: { status: 'correct', extracted: null, reason: null }, ms: null }
          : one,
      );
    },
  };
  const view = await auditSeriesFile(file, { training: fooled, audit: math }, () => undefined);
  expect(view.divergedAt).toBe(400);
  expect(view.checkpoints[0]).toMatchObject({ step: 100, training: 0.5, audit: 0.5, gap: 0 });
  expect(view.checkpoints[4]).toMatchObject({ training: 0.75, audit: 0.25 });
  const honest = await auditSeriesFile(file, { training: math, audit: math }, () => undefined);
  expect(honest.divergedAt).toBeNull();
});
