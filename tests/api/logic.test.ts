import { expect, test } from 'vitest';
import { GET } from '#app/api/v1/logic/route.ts';
import { POST as generate } from '#app/api/v1/logic/[task]/generate/route.ts';
import { POST as verify } from '#app/api/v1/logic/[task]/verify/route.ts';
import { logicTasks } from '#lib/logic/index.ts';
import { createInstance } from '#lib/logic/logic-item.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, jsonOf } from './requests.ts';

await testDatabase();

interface Generated {
  items: { id: string; prompt: string; language: string; data: Record<string, unknown> }[];
  unreached: number;
}

const make = async (json: unknown, task = 'kukurasu') =>
  call(generate, { method: 'POST', params: { task }, json });
const judge = async (json: unknown, task = 'kukurasu') =>
  call(verify, { method: 'POST', params: { task }, json });

const KUKURASU = logicTasks.get('kukurasu');
const answerOf = (index: number) =>
  KUKURASU.answer(createInstance(KUKURASU, { seed: 'api', level: 3, index }));

test('the catalogue names every task with ten levels', async () => {
  const { tasks } = (await jsonOf(await call(GET, {}))) as { tasks: { levels: unknown[] }[] };
  expect(tasks).toHaveLength(logicTasks.all.length);
  expect(tasks.every(({ levels }) => levels.length === 10)).toBe(true);
});

test('what is generated is judged, with the plain reward and with the form', async () => {
  const { items } = (await jsonOf(
    await make({ level: 3, count: 3, seed: 'api' }),
  )) as unknown as Generated;
  expect(items).toHaveLength(3);
  const [first, second, third] = items;
  const batch = [
    { id: 'a', data: first?.data, response: answerOf(0) },
    {
      id: 7,
      data: JSON.stringify(second?.data),
      response: `<think>.</think>\n<answer>${answerOf(1)}</answer>`,
    },
    { data: third?.data, response: answerOf(0) },
    { data: third?.data, response: 'No idea.' },
    { data: {}, response: answerOf(0) },
  ];
  expect(await jsonOf(await judge({ items: batch }))).toMatchObject({
    task: 'kukurasu',
    mode: 'sound',
    unreached: 0,
    results: [
      { id: 'a', status: 'correct', reason: null, reward: 1, hasFormat: false },
      { id: 7, status: 'correct', reward: 1, hasFormat: true },
      { status: 'wrong', reward: 0 },
      { status: 'unparsed', reward: 0 },
      { status: 'unverifiable', reward: null },
    ],
  });
  const formed = await jsonOf(await judge({ items: batch, reward: 'format-and-correct' }));
  expect(formed).toMatchObject({
    results: [{ reward: 0 }, { reward: 1 }, {}, {}, { reward: null }],
  });
});

test('a whole batch of a thousand answers is judged', async () => {
  const { items } = (await jsonOf(
    await make({ level: 3, count: 1000, seed: 'api' }),
  )) as unknown as Generated;
  const batch = items.map(({ data }, index) => ({ data, response: answerOf(index) }));
  const { results } = (await jsonOf(await judge({ items: batch }))) as unknown as {
    results: { reward: number }[];
  };
  expect(results.filter(({ reward }) => reward === 1)).toHaveLength(1000);
});

test('the reference mode has the faults of the published verifier', async () => {
  const { items } = (await jsonOf(
    await make({ level: 3, count: 1, seed: 'api' }),
  )) as unknown as Generated;
  const response = answerOf(0).replaceAll('"', "'");
  const both = await Promise.all(
    ['sound', 'reference'].map(async (mode) =>
      jsonOf(await judge({ mode, items: [{ data: items[0]?.data, response }] })),
    ),
  );
  expect(both).toMatchObject([
    { results: [{ status: 'correct' }] },
    { results: [{ status: 'wrong' }] },
  ]);
});

test('a seed gives the same puzzles, in any wording and from any index', async () => {
  const read = async (json: object) =>
    (await jsonOf(await make({ seed: 'api', level: 2, ...json }))) as unknown as Generated;
  const { items } = await read({ count: 4 });
  expect((await read({ count: 4 })).items).toEqual(items);
  expect((await read({ count: 1, from: 3 })).items[0]).toEqual(items[3]);
  const english = (await read({ count: 1, language: 'en', template: 0 })).items[0];
  const chinese = (await read({ count: 1, language: 'zh', template: 0 })).items[0];
  expect(english?.id).toBe(chinese?.id);
  expect(english?.prompt).not.toBe(chinese?.prompt);
  expect(chinese?.prompt).toMatch(/\p{Script=Han}/u);
});

test.each([
  ['an unknown level', { level: 11 }, '/level'],
  ['too many', { count: 1001 }, '/count'],
  ['a wording without a language', { template: 0 }, '/template'],
  ['a wording that is not there', { language: 'en', template: 99 }, '/template'],
])('%s is a 400 that names the place', async (_name, json, pointer) => {
  const response = await make(json);
  expect(response.status).toBe(400);
  expect(await jsonOf(response)).toMatchObject({ errors: [{ pointer }] });
});

test('an unknown task is a 404 that names the known ones', async () => {
  for (const response of [
    await make({}, 'chess'),
    await judge({ items: [{ data: {}, response: '' }] }, 'chess'),
  ]) {
    expect(response.status).toBe(404);
    expect(JSON.stringify(await jsonOf(response))).toContain('kukurasu');
  }
});
