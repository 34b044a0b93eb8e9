import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GET } from '#app/api/v1/openapi.json/route.ts';
import { ROUTE_FILES, ROUTES } from '#app/api/v1/openapi.json/routes.ts';
import type { OpenApiDocument } from '#lib/http/openapi.ts';

const FOLDER = 'app/api/v1';
const document = (await GET().json()) as OpenApiDocument;

test('every route file of the API is described', () => {
  const folders = globSync(`${FOLDER}/**/route.ts`)
    .map((file) => file.slice(FOLDER.length + 1, -'/route.ts'.length))
    .filter((folder) => folder !== 'openapi.json' && !folder.startsWith('[...'));
  expect(folders.length).toBeGreaterThan(15);
  expect(Object.keys(ROUTE_FILES).sort()).toEqual(folders.sort());
  const exported = Object.values(ROUTE_FILES).flatMap((handlers) =>
    Object.values(handlers).filter((one) => typeof one === 'function' && 'definition' in one),
  );
  expect(exported).toHaveLength(ROUTES.length);
});

test('every operation has a summary of its own, an id of its own and its parameters', () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, operation })),
  );
  expect(operations).toHaveLength(ROUTES.length);
  for (const key of ['operationId', 'summary']) {
    expect(new Set(operations.map(({ operation }) => operation[key])).size).toBe(operations.length);
  }
  for (const { path, operation } of operations) {
    const parameters = operation.parameters as { name: string; in: string }[];
    const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect(named.sort(), path).toEqual(
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
    );
    expect(operation.responses, path).toHaveProperty('default');
  }
});

test('every reference leads to a schema, and what comes in differs from what goes out', () => {
  const text = JSON.stringify(document);
  const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name ?? '',
  );
  expect(names.length).toBeGreaterThan(20);
  for (const name of new Set(names)) expect(document.components.schemas).toHaveProperty(name);
  expect(text).not.toContain('$defs');
  const required = (name: string): unknown => document.components.schemas[name]?.required;
  expect(required('SubmissionHeaderInput')).toEqual(['benchmark', 'model']);
  expect(required('SubmissionHeader')).toContain('visibility');
});
