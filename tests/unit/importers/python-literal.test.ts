import { expect, test } from 'vitest';

import { readPythonLiteral } from '#lib/importers/fields/python-literal.ts';

test.each([
  ["['a', \"it's\"]", ['a', "it's"]],
  ['[1, -2.5, 1e-05, (3,)]', [1, -2.5, 1e-5, [3]]],
  ['[True, False, None]', [true, false, null]],
  [String.raw`'\\boxed{1}\n\t\'\x41\u00e9'`, "\\boxed{1}\n\t'Aé"],
  [String.raw`'\q'`, String.raw`\q`],
  [' [] ', []],
])('%s is read', (text, value) => {
  expect(readPythonLiteral(text)).toEqual(value);
});

test.each(['tensor([1, 2])', "['a", '[1, 2', '[1 2]', '1 2', '', '['.repeat(100_000)])(
  '%j is no literal',
  (text) => {
    expect(readPythonLiteral(text)).toBeNull();
  },
);
