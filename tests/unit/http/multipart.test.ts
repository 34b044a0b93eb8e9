import { expect, test } from 'vitest';
import { boundaryOf, readParts } from '#lib/http/multipart.ts';

const BODY = [
  'preamble',
  '--b',
  'Content-Disposition: form-data; name="header"',
  '',
  '{"a":1}',
  '--b',
  'Content-Disposition: form-data; name="file"; filename="x.jsonl"',
  'Content-Type: application/octet-stream',
  '',
  'line\r\n-\r\n--\r\n--almost\r\n',
  '--b--',
  'epilogue',
].join('\r\n');

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size)
    yield Promise.resolve(bytes.subarray(at, at + size));
}

async function readAll(
  source: AsyncIterable<Uint8Array>,
): Promise<[string, string | null, string][]> {
  const parts: [string, string | null, string][] = [];
  for await (const { name, fileName, body } of readParts(source, 'b')) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    parts.push([name, fileName, Buffer.concat(chunks).toString()]);
  }
  return parts;
}

test('parts come out whole however the body is cut into pieces', async () => {
  for (let size = 1; size <= BODY.length; size += 1) {
    expect(await readAll(inPieces(BODY, size)), `pieces of ${size}`).toEqual([
      ['header', null, '{"a":1}'],
      ['file', 'x.jsonl', 'line\r\n-\r\n--\r\n--almost\r\n'],
    ]);
  }
});

test('a part that nobody reads is passed over', async () => {
  const names: string[] = [];
  for await (const { name } of readParts(inPieces(BODY, 7), 'b')) names.push(name);
  expect(names).toEqual(['header', 'file']);
});

test('a body that ends anywhere before its last boundary is refused', async () => {
  const end = BODY.indexOf('--b--') + '--b--'.length;
  for (let length = 0; length < end; length += 1) {
    await expect(
      readAll(inPieces(BODY.slice(0, length), 16)),
      `${length} bytes`,
    ).rejects.toMatchObject({
      code: 'invalid_input',
    });
  }
});

test('a part header of endless length is refused', async () => {
  const endless = `--b\r\nX: ${'x'.repeat(20_000)}`;
  await expect(readAll(inPieces(endless, 1000))).rejects.toThrow('too long');
});

test.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['multipart/form-data; charset=utf-8; boundary="a b"', 'a b'],
  ['Multipart/Form-Data;boundary=x', 'x'],
  ['application/x-ndjson', null],
  [null, null],
])('the boundary of %s', (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary);
});

test('a multipart type without a boundary is refused', () => {
  expect(() => boundaryOf('multipart/form-data')).toThrow('boundary');
});
