import { describe, expect, test } from 'vitest';

import { parseJsonRow, readJsonRows, type JsonRow } from '#lib/ingest/json-row.ts';
import { createRng } from '#lib/rng.ts';

import { chunksOf, collect } from './byte-source.ts';

function parse(text: string | Uint8Array, isTerminated = true): JsonRow {
  const bytes = Buffer.from(text);
  const place = { line: 7, byteOffset: 100, byteLength: bytes.length };
  return parseJsonRow({ ...place, bytes, isTerminated, hasMark: false });
}

function parsed(text: string | Uint8Array) {
  const row = parse(text);
  if (row.error !== null) throw new Error(row.error.message);
  return row;
}

describe('values', () => {
  test.each(['{}', '{"a":[1,-2.5e3,true,null,"x\\n\\"\\u00e9"]}', '[]', '"x"', ' {"a" : 1 } '])(
    '%s is read as JSON reads it',
    (text) => {
      expect(parsed(text).value).toEqual(JSON.parse(text));
      expect(parsed(text).changes).toBeNull();
    },
  );

  test('random values survive', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const value = randomValue(createRng('value', seed), 4);
      expect(parsed(JSON.stringify(value)).value, `seed ${seed}`).toEqual(value);
    }
  });
});

describe('refusals name the place', () => {
  test.each([
    ['{"a":1,}', 'invalid_json', 107, ''],
    ['{"a":[1,{"b/c":x}]}', 'invalid_json', 115, '/a/1/b~1c'],
    ['{"ü":tru}', 'invalid_json', 106, '/ü'],
    ['{"a":1} {"a":2}', 'invalid_json', 108, ''],
    ["{'a':1}", 'invalid_json', 101, ''],
    ['{"a":"raw\ttab"}', 'invalid_json', 105, '/a'],
    ['{"a":"\\x"}', 'invalid_json', 105, '/a'],
    ['{"a":01}', 'invalid_json', 106, ''],
    [`{"a":${'['.repeat(70)}`, 'too_deep', 168, ''],
    [`{"n":1${'1'.repeat(2000)}}`, 'number_too_long', 105, '/n'],
  ])('$0', (text, code, byteOffset, pointer) => {
    expect(parse(text).error).toMatchObject({ line: 7, code, byteOffset, pointer });
  });

  test('a cut last line says so', () => {
    expect(parse('{"a":"never end', false).error).toMatchObject({ code: 'cut_row', pointer: '/a' });
    expect(parse('{"a":[1,2', false).error).toMatchObject({ code: 'cut_row' });
    expect(parse('{"a":[1,2', true).error).toMatchObject({ code: 'invalid_json' });
  });

  test('more keys than the limit', () => {
    const keys = Array.from({ length: 10_001 }, (_, i) => `"k${i}":0`).join(',');
    expect(parse(`{${keys}}`).error?.code).toBe('too_many_keys');
  });

  test('brackets and colons inside texts are no nesting', () => {
    const text = JSON.stringify({
      a: '{['.repeat(5000),
      b: ':'.repeat(20_000),
      c: '\\"{'.repeat(99),
    });
    expect(parsed(text).changes).toBeNull();
  });

  test.each(['[', '{"a":', '[[[{"b":['])(
    'a million levels of %s are refused at once',
    (opening) => {
      const start = performance.now();
      expect(parse(opening.repeat(1_000_000)).error?.code).toBe('too_deep');
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );

  test.each([
    ['a long text beside NaN', `{"a":NaN,"b":"${'x'.repeat(10_000_000)}"}`, 'read'],
    ['a long text and a fault', `{"b":"${'x'.repeat(10_000_000)}",}`, 'invalid_json'],
    ['a long text of escapes and a fault', `{"b":"${'\\\\"'.repeat(2_500_000)}",}`, 'invalid_json'],
    ['a long list of NaN', `{"a":[${'NaN,'.repeat(2_500_000)}1]}`, 'invalid_json'],
    [
      'a long list of big integers',
      `[${'9'.repeat(20)},${'12345678901234567,'.repeat(9000)}1]`,
      'read',
    ],
  ])('%s takes less than two seconds', (_why, text, expected) => {
    const start = performance.now();
    expect(parse(text).error?.code ?? 'read').toBe(expected);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('a number with a million digits is refused at once', () => {
    const start = performance.now();
    expect(parse(`{"n":${'7'.repeat(1_000_000)}}`).error?.code).toBe('number_too_long');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('what is changed is counted', () => {
  test('NaN and infinities become null', () => {
    const row = parsed('{"a":NaN,"b":[1,-Infinity,{"c":Infinity}],"d":1e999,"e":"NaN, Infinity"}');
    expect(row.value).toEqual({ a: null, b: [1, null, { c: null }], d: null, e: 'NaN, Infinity' });
    expect(row.changes?.notFinite).toBe(4);
    expect(row.changes?.warnings.map((warning) => [warning.pointer, warning.byteOffset])).toEqual([
      ['/a', 105],
      ['/b/1', 116],
      ['/b/2/c', 131],
      ['/d', 146],
    ]);
  });

  test('a key that comes again is counted, and the last one counts', () => {
    const row = parsed('{"a":1,"b":{"a":2,"a":3,"\\u0061":4},"a":[{"c":1,"c":2}],"d":"\\"a\\":1"}');
    expect(row.value).toEqual({ a: [{ c: 2 }], b: { a: 4 }, d: '"a":1' });
    expect(row.changes).toMatchObject({ duplicateKeys: 4 });
    expect(row.changes?.warnings).toMatchObject([{ code: 'duplicate_keys', byteOffset: 100 }]);
    expect(parsed('{"a":{"a":1},"b":[{"a":1},{"a":1}],"__proto__":1}').changes).toMatchObject({
      duplicateKeys: 0,
      protoKeys: 1,
    });
  });

  test('integers beyond 2^53 are kept and noted', () => {
    const row = parsed(
      '{"id":12345678901234567890,"ok":9007199254740991,"f":0.1234567890123456789}',
    );
    expect(row.changes).toMatchObject({ inexactIntegers: 1 });
    const many = parsed(`[${'12345678901234567890,'.repeat(30)}0]`);
    expect(many.changes).toMatchObject({ inexactIntegers: 30 });
    expect(many.changes?.warnings).toHaveLength(20);
    expect(row.changes?.warnings[0]).toMatchObject({ code: 'inexact_integer', pointer: '/id' });
  });

  test('U+0000 becomes U+2400, escaped or raw', () => {
    const row = parsed('{"a\\u0000":"x\\u0000y\\u0000","b":"raw\0"}');
    expect(row.value).toEqual({ 'a\u2400': 'x\u2400y\u2400', b: 'raw\u2400' });
    expect(row.changes?.nul).toBe(4);
  });

  test('lone surrogates become U+FFFD and pairs stay', () => {
    const row = parsed('{"a":"\\ud83d\\ude00 \\ud83d \\ude00","\\udc00":["\\uD800"]}');
    expect(row.value).toEqual({ a: '😀 \ufffd \ufffd', '\ufffd': ['\ufffd'] });
    expect(row.changes?.surrogates).toBe(4);
  });

  test('an escaped backslash before u is no escape', () => {
    const row = parsed('{"a":"\\\\u0000 \\\\ud800"}');
    expect(row.value).toEqual({ a: '\\u0000 \\ud800' });
    expect(row.changes).toBeNull();
  });

  test('bad UTF-8 is read as U+FFFD, counted and placed', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"a":"\ufffd ü'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('"}'),
    ]);
    const row = parsed(bytes);
    expect(row.value).toEqual({ a: '\ufffd ü\ufffd\ufffd' });
    expect(row.changes).toMatchObject({ badUtf8: 2 });
    expect(row.changes?.warnings[0]).toMatchObject({ code: 'bad_utf8', byteOffset: 112 });
  });

  test('__proto__ pollutes nothing, written plainly or escaped', () => {
    const row = parsed(
      '{"__proto__":{"polluted":1},"a":{"\\u005f_proto__":{"polluted":1}},"constructor":1}',
    );
    expect(Object.assign({}, row.value)).not.toHaveProperty('polluted');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(row.value).toEqual({ a: {}, constructor: 1 });
    expect(row.changes?.protoKeys).toBe(2);
  });
});

test('blank lines are no rows but count as lines', async () => {
  const batches = await collect(readJsonRows(chunksOf('\ufeff{"a":1}\r\n\r\n  \n{"a":2}\n{"a":')));
  expect(batches.flat().map((row) => [row.line, row.error?.code ?? null])).toEqual([
    [1, null],
    [4, null],
    [5, 'cut_row'],
  ]);
});

test('the byte order mark counts in offsets', async () => {
  const [row] = (await collect(readJsonRows(chunksOf('\ufeff{"a":x}\n')))).flat();
  expect(row?.error?.byteOffset).toBe(8);
});

test('a line above the limit is refused and the next is read', async () => {
  const file = `{"a":"${'x'.repeat(17 * 1024 * 1024)}"}\n{"a":1}\n`;
  const rows = (await collect(readJsonRows(chunksOf(file)))).flat();
  expect(rows.map((row) => row.error?.code ?? 'read')).toEqual(['line_too_long', 'read']);
});

function randomValue(rng: ReturnType<typeof createRng>, depth: number): unknown {
  const kind = rng.below(depth > 0 ? 7 : 5);
  if (kind === 0) return null;
  if (kind === 1) return rng.below(2) === 1;
  if (kind === 2) return rng.between(-1000, 1000) * rng.pick([1, 0.5, 1e10, 1e-10]);
  if (kind <= 4) {
    const parts = ['"', '\\', '\n', 'ж', '😀', 'u0000', '{', '[', ':', 'NaN', '\u2028', 'x'];
    return Array.from({ length: rng.below(12) }, () => rng.pick(parts)).join('');
  }
  const values = Array.from({ length: rng.below(5) }, () => randomValue(rng, depth - 1));
  return kind === 5 ? values : Object.fromEntries(values.map((value, i) => [`k${i}"\\`, value]));
}
