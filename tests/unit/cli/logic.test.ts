import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createItem } from '#lib/logic/logic-item.ts';
import { logicTasks } from '#lib/logic/index.ts';
import { continueFile } from '#scripts/logic/continue-file.ts';
import { itemLines, type GeneratePlan } from '#scripts/logic/item-lines.ts';
import { verifyRows } from '#scripts/logic/verify-rows.ts';

interface Line {
  id?: unknown;
  status: string;
  correct?: boolean;
  line?: number;
  reason: string | null;
}

const task = logicTasks.get('kukurasu');
const item = createItem(task, { seed: 1, index: 0, level: 2 }, 'en');
const right = JSON.stringify(item.data.metadata?.solution);

async function verify(rows: readonly unknown[]): Promise<Line[]> {
  const text = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
  const lines: Line[] = [];
  for await (const line of verifyRows(streamOf(text), 'sound'))
    lines.push(JSON.parse(line.text) as Line);
  return lines;
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream that has all its chunks
async function* streamOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('verifying rows of puzzles', () => {
  test('verdicts come in order, for short rows and for rows of the data set', async () => {
    const lines = await verify([
      { id: 'a', task: 'kukurasu', data: item.data, response: right },
      { id: 'b', task: 'kukurasu', data: item.data, response: '[["1"]]' },
      {
        id: 'c',
        data_source: 'val/kukurasu',
        extra_info: { game_data_str: JSON.stringify(item.data) },
        response: right,
      },
    ]);
    expect(lines.map(({ id, correct }) => [id, correct])).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
    ]);
  });

  test('a line that can not be judged names its fault and the others go on', async () => {
    const lines = await verify([
      { id: 1, task: 'no_such_task', data: item.data, response: 'x' },
      '{"id": 2,',
      { id: 3, task: 'kukurasu', data: item.data },
      { id: 4, task: 'kukurasu', response: 'x' },
      { id: 5, task: 'kukurasu', data: item.data, response: right },
    ]);
    expect(lines.map(({ status }) => status)).toEqual([
      'error',
      'error',
      'error',
      'error',
      'correct',
    ]);
    expect(lines[0]?.reason).toContain('no_such_task');
    expect(lines[2]?.reason).toContain('response');
    expect(lines[3]?.reason).toContain('data');
  });
});

describe('going on with a file of items', () => {
  const plan: GeneratePlan = {
    tasks: ['kukurasu', 'survo'],
    levels: [1, 2],
    seed: 'a',
    language: null,
  };
  const all = itemLines(plan, 0, 5);
  let folder = '';
  const fileOf = async (text: string) => {
    const file = path.join(folder, 'items.jsonl');
    await writeFile(file, text);
    return file;
  };
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'laconic-items-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('it starts with the line that was broken off, or with the first one', async () => {
    const whole = all.split('\n').slice(0, 3).join('\n') + '\n';
    const file = await fileOf(all.slice(0, whole.length + 40));
    expect(await continueFile(file, plan)).toBe(3);
    expect(await readFile(file, 'utf8')).toBe(whole);
    expect(await continueFile(await fileOf(all.slice(0, 40)), plan)).toBe(0);
    expect(await continueFile(path.join(folder, 'none.jsonl'), plan)).toBe(0);
  });

  test('a file that other words have written is refused and left as it is', async () => {
    for (const text of [all, `${all}{"broken`, 'no items\n']) {
      const file = await fileOf(text);
      await expect(continueFile(file, { ...plan, seed: 'b' })).rejects.toThrow(
        /name another file/u,
      );
      expect(await readFile(file, 'utf8')).toBe(text);
    }
  });
});
