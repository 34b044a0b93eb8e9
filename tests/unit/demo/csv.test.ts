import { describe, expect, test } from 'vitest';

import { parseCsv } from '#lib/demo/csv.ts';

function readAll(text: string, columns: readonly string[]): string[][] {
  return parseCsv(text).map((record) => columns.map((column) => record.get(column)));
}

describe('parseCsv', () => {
  test.each([
    ['a plain table', 'a,b\n1,2\n', [['1', '2']]],
    ['no newline at the end', 'a,b\n1,2', [['1', '2']]],
    ['CRLF and a byte order mark', '\uFEFFa,b\r\n1,2\r\n', [['1', '2']]],
    ['empty fields', 'a,b\n,\n', [['', '']]],
    ['commas, quotes and line ends in quotes', 'a,b\n"x, ""y""\nz",2\n', [['x, "y"\nz', '2']]],
    ['an empty quoted field at the end', 'a,b\n1,""', [['1', '']]],
    ['no records', 'a,b\n', []],
  ])('reads %s', (_, text, expected) => {
    expect(readAll(text, ['a', 'b'])).toEqual(expected);
  });

  test('counts the lines inside quotes, so that a record knows where it begins', () => {
    expect(parseCsv('a\n"1\n2"\n3\n').map((record) => record.line)).toEqual([2, 4]);
  });

  test.each([
    ['a short record', 'a,b\n1,2\n1\n', /Line 3.*expected 2 fields, found 1/],
    ['a long record', 'a,b\n1,2,3\n', /Line 2.*found 3/],
    ['an open quote', 'a\n"1\n', /Line 2.*not closed/],
    ['text after a quoted field', 'a\n"1"2\n', /Line 2.*closing quote/],
    ['a quote in a bare field', 'a\n1"2\n', /Line 2.*not quoted/],
    ['two columns of one name', 'a,a\n1,2\n', /share a name/],
    ['nothing', '', /no header/],
  ])('refuses %s with its line', (_, text, message) => {
    expect(() => parseCsv(text)).toThrow(message);
  });

  test('refuses a column that is not in the header', () => {
    expect(() => parseCsv('a\n1\n')[0]!.get('b')).toThrow(/no column "b"/);
  });
});
