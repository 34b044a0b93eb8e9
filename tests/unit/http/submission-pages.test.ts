import { expect, test } from 'vitest';
import { toStages } from '#app/submissions/stages.ts';
import { readHeader } from '#app/submit/header-form.ts';
import { SubmissionHeader, SubmissionState, type Submission } from '#lib/schemas/submission.ts';

const BASE: Submission = {
  id: '019a0000-0000-7000-8000-000000000000',
  state: 'draft',
  sequence: 0,
  header: SubmissionHeader.parse({ benchmark: 'b', model: 'm' }),
  format: null,
  formatEvidence: null,
  file: null,
  rows: { received: 0, stored: 0, rejected: 0, dead: 0, read: 0 },
  attempts: { stored: 0, scored: 0, expected: null },
  outcomes: null,
  warnings: {},
  failure: null,
  runId: null,
  benchmark: null,
  position: null,
  deadline: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: null,
};

const statesOf = (change: Partial<Submission>): string =>
  toStages({ ...BASE, ...change })
    .map(({ state }) => state)
    .join(' ');

const FILE_STATES = SubmissionState.options.filter((state) => state !== 'live');
test.each(FILE_STATES)('in the state %s at most one stage is at work', (state) => {
  const working = toStages({ ...BASE, state }).filter((stage) => stage.state === 'working');
  expect(working.length).toBeLessThanOrEqual(1);
});

test('the stages follow the file', () => {
  expect(statesOf({ state: 'uploading' })).toBe('working waiting waiting waiting');
  expect(statesOf({ state: 'validating' })).toBe('done working waiting waiting');
  expect(statesOf({ state: 'scoring' })).toBe('done done working waiting');
  expect(statesOf({ state: 'aggregating' })).toBe('done done done working');
  expect(statesOf({ state: 'done' })).toBe('done done done done');
});

test('a file that grows is received, stored and scored at the same time', () => {
  const attempts = { stored: 30, scored: 20, expected: 120 };
  const rows = { received: 40, stored: 30, rejected: 10, dead: 0, read: 40 };
  const stages = toStages({ ...BASE, state: 'live', attempts, rows });
  expect(stages.map(({ state }) => state).join(' ')).toBe('working working working waiting');
  expect(stages.map(({ share }) => share)).toEqual([0.25, 0.75, 20 / 30, null]);
});

test('what failed shows how far it came', () => {
  const file = { name: 'a', sha256: 'a'.repeat(64), bytes: 1 };
  const stored = { received: 2, stored: 2, rejected: 0, dead: 0, read: 2 };
  expect(statesOf({ state: 'failed' })).toBe('stopped waiting waiting waiting');
  expect(statesOf({ state: 'failed', file })).toBe('done stopped waiting waiting');
  expect(
    statesOf({
      state: 'failed',
      file,
      rows: stored,
      attempts: { stored: 2, scored: 1, expected: null },
    }),
  ).toBe('done done stopped waiting');
});

test('the share of a stage is unknown until there is something to count', () => {
  expect(toStages({ ...BASE, state: 'scoring' })[2]?.share).toBeNull();
  const attempts = { stored: 10, scored: 4, expected: null };
  expect(toStages({ ...BASE, state: 'scoring', attempts })[2]?.share).toBe(0.4);
});

function form(values: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.append(name, value);
  return data;
}

test('a form becomes a header; parameters keep their type and what is empty is not given', () => {
  const { header, errors } = readHeader(
    form({
      benchmark: ' gsm8k ',
      model: 'm',
      method: '',
      params: 'alpha=0.5\nname=LASER-D, deep=true\n__proto__=1',
      decoding: 'seed=7',
      lenient: 'on',
      visibility: 'unlisted',
    }),
  );
  expect(errors).toBeNull();
  expect(header).toMatchObject({
    benchmark: 'gsm8k',
    params: { alpha: 0.5, name: 'LASER-D', deep: true },
    decoding: { seed: 7 },
    rowPolicy: 'lenient',
    visibility: 'unlisted',
  });
  expect(header?.method).toBeUndefined();
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('what is wrong is named by its field', () => {
  const { errors } = readHeader(form({ model: 'a\u0007b', params: 'no equals sign' }));
  expect(errors).toMatchObject({
    benchmark: 'is needed',
    model: 'must not hold control characters',
    params: '"no equals sign" is not name=value',
  });
});

test('a mapping goes into the header as it is; what is wrong in it is told with its place', () => {
  const mapping = {
    laconic_mapping: 1,
    label: 'sums',
    format: 'csv',
    item: { prompt: '/q' },
    output: '/a',
  };
  const read = (text: string) => readHeader(form({ benchmark: 'b', model: 'm', mapping: text }));
  expect(read(JSON.stringify(mapping)).header?.mapping).toEqual(mapping);
  expect(read('').header?.mapping).toBeUndefined();
  expect(read('{').errors).toMatchObject({ mapping: 'is not JSON' });
  expect(read(JSON.stringify({ ...mapping, format: 'xlsx' })).errors?.mapping).toMatch(
    /^\/format: /,
  );
});
