import { expect, test } from 'vitest';
import { GET } from '#app/api/v1/openapi.json/route.ts';
import * as list from '#app/api/v1/verifiers/route.ts';
import { POST } from '#app/api/v1/verify/route.ts';
import type { OpenApiDocument } from '#lib/http/openapi.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, jsonOf } from './requests.ts';

await testDatabase();

const verify = (json: unknown) => call(POST, { method: 'POST', path: '/api/v1/verify', json });

test('a batch is judged without a token, verdict by verdict', async () => {
  const response = await verify({
    items: [
      { id: 'a', gold: '1/2', response: 'So \\boxed{0.5}.' },
      { id: 'b', gold: 3, response: 'So \\boxed{4}.' },
      { gold: '3', response: 'No idea.' },
    ],
  });
  expect(response.status).toBe(200);
  const body = await jsonOf(response);
  expect(body).toMatchObject({
    verifier: 'math',
    unreached: 0,
    results: [{ id: 'a', status: 'correct' }, { id: 'b', status: 'wrong' }, { status: 'unparsed' }],
  });
});

test('a multiple choice reads its choices', async () => {
  const response = await verify({
    verifier: 'multiple-choice',
    items: [{ gold: 'B', response: 'The answer is (B).', choices: ['red', 'blue'] }],
  });
  expect(await jsonOf(response)).toMatchObject({ results: [{ status: 'correct' }] });
});

test('the list names every verifier with what it needs, models with the server that they ask', async () => {
  const { verifiers } = (await jsonOf(await call(list.GET, { path: '/api/v1/verifiers' }))) as {
    verifiers: { id: string; needs: { service?: string; choices?: string } }[];
  };
  const withService = verifiers.filter(({ needs }) => needs.service !== undefined);
  expect(withService.map(({ id }) => id)).toEqual(['model-judge', 'hybrid']);
  expect(verifiers.find(({ id }) => id === 'multiple-choice')?.needs.choices).toContain('letter');
  expect(verifiers.length).toBeGreaterThan(10);
});

test('with `explain` each verdict comes with the way to it', async () => {
  const items = [
    { gold: '0.5', response: 'So \\boxed{\\frac{1}{2}}.' },
    { gold: '1', response: '<think>No idea' },
  ];
  const body = await jsonOf(await verify({ items, explain: true }));
  expect(body).toMatchObject({
    results: [
      { status: 'correct', explanation: { rule: 'box', answer: { text: '\\frac{1}{2}' } } },
      { status: 'unparsed', explanation: { rule: null, span: null, answer: null } },
    ],
  });
  const silent = await jsonOf(await verify({ items, verifier: 'string', explain: true }));
  expect(silent).toMatchObject({ results: [{ explanation: null }, { explanation: null }] });
  expect(JSON.stringify(await jsonOf(await verify({ items })))).not.toContain('explanation');
});

test.each([
  ['no items', { items: [] }, '/items'],
  ['an item without a reference', { items: [{ response: '1' }] }, '/items/0/gold'],
  ['an unknown field', { items: [{ response: '1', gold: '1', answer: '1' }] }, '/items/0'],
  ['an unknown verifier', { verifier: 'x', items: [{ response: '1', gold: '1' }] }, '/verifier'],
  [
    'more than 1,000 items',
    { items: Array.from({ length: 1001 }, () => ({ response: '1', gold: '1' })) },
    '/items',
  ],
  [
    'more than 100 items to explain',
    { items: Array.from({ length: 101 }, () => ({ response: '1', gold: '1' })), explain: true },
    '/items',
  ],
])('%s is a 400 that names the place', async (_name, json, pointer) => {
  const response = await verify(json);
  expect(response.status).toBe(400);
  expect(await jsonOf(response)).toMatchObject({ errors: [{ pointer }] });
});

test('a body that is larger than other routes allow is judged', async () => {
  const response = `<think>${'so '.repeat(700_000)}</think>\\boxed{7}`;
  const answer = await verify({ items: [{ gold: '7', response }] });
  expect(await jsonOf(answer)).toMatchObject({ results: [{ status: 'correct' }] });
});

test('a client in a loop is slowed down with a time to come back', async () => {
  const headers = { 'x-forwarded-for': '192.0.2.7' };
  const json = { items: [] };
  const statuses = new Set<number>();
  for (let count = 0; count < 320; count += 1) {
    const response = await call(POST, { method: 'POST', headers, json });
    statuses.add(response.status);
    if (response.status === 429) expect(response.headers.get('retry-after')).toBe('1');
  }
  expect([...statuses]).toEqual([400, 429]);
});

test('the description has the schema of the batch', async () => {
  const document = (await GET().json()) as OpenApiDocument;
  expect(document.paths['/api/v1/verify']?.post?.requestBody).toEqual({
    required: true,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/VerifyRequest' } } },
  });
});
