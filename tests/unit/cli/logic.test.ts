import { describe, expect, test } from 'vitest';
import { createItem } from '#lib/logic/logic-item.ts';
import { logicTasks } from '#lib/logic/index.ts';
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
