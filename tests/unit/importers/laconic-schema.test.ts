import { readFileSync } from 'node:fs';

import { format } from 'prettier';
import { expect, test } from 'vitest';

import { LaconicRow, laconicRowJsonSchema } from '#lib/schemas/laconic-row.ts';

test('the published JSON Schema is the one that rows are checked with (vitest -u writes it)', async () => {
  const schema = await format(JSON.stringify(laconicRowJsonSchema(), null, 2), {
    parser: 'json',
    printWidth: 100,
  });
  await expect(schema).toMatchFileSnapshot('../../../docs/formats/laconic.schema.json');
});

test('every example row of the documentation is valid', () => {
  const examples = [...readFileSync('docs/formats/laconic.md', 'utf8').matchAll(/^\{.*\}$/gm)];
  expect(examples.length).toBeGreaterThan(2);
  for (const [row] of examples)
    expect(LaconicRow.safeParse(JSON.parse(row)).error, row).toBeUndefined();
});

test('the documentation names every field', () => {
  const text = readFileSync('docs/formats/laconic.md', 'utf8');
  for (const field of Object.keys(LaconicRow.shape)) expect(text).toContain(`| \`${field}\` |`);
});
