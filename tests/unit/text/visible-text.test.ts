import { describe, expect, test } from 'vitest';
import { asSeen, isIllegible, isTurned, visibleText } from '#lib/text/visible-text.ts';

describe('what is seen of a text', () => {
  test.each([
    ['4\u200b2', '42'],
    ['\ufeff4\u20602\u00ad', '42'],
    ['42\u{e0033}\ufe0f', '42'],
    ['\u0664\u0662', '42'],
    ['\u096a\u0968', '42'],
    ['\uff14\uff12', '42'],
    ['\u{1d7d2}\u{1d7dc}\u{1d7e2}\u{1d7ff}', '4409'],
    ['\u201142', '-42'],
    ['\uff0d\uff14\uff12', '-42'],
    ['\u0664\u066b\u0662', '4.2'],
    ['\uff22', 'B'],
    ['x =\u0338 3', 'x \u2260 3'],
  ])('%j is %j', (source, seen) => {
    expect(asSeen(source)).toBe(seen);
  });

  test.each(['plain', 'naïve', '−42', '数学，好。', 'x²', 'Привет', '½', 'é'.normalize('NFD')])(
    '%s is left as it is',
    (source) => {
      expect(visibleText(source)).toBeNull();
    },
  );

  test('every place is found in the source', () => {
    const source = 'a\u200b\u200bb \u{1d7d2} c\u00add\u2011e';
    const seen = visibleText(source);
    expect(seen?.text).toBe('ab 4 cd-e');
    for (const char of ['a', 'b', 'c', 'd', 'e'])
      expect(seen?.sourceAt(seen.text.indexOf(char))).toBe(source.indexOf(char));
  });
});

test.each([
  ['\u202e24', true],
  ['\u206724\u2069', true],
  ['\u200f6/24', true],
  ['\u200e24', false],
  ['\u05e9\u05dc\u05d5\u05dd \u200f24', false],
  ['\u05e9\u05dc\u05d5\u05dd \u202e24', true],
  ['24', false],
])('%j is turned round: %s', (source, isIt) => {
  expect(isTurned(source)).toBe(isIt);
});

test.each([
  ['42\u0336', true],
  ['0.3\u0307', true],
  ['4\u20e32', true],
  ['42\ud800', true],
  ['42\0', true],
  ['42\ue000', true],
  ['\u30fc42', true],
  ['\u00af42', true],
  ['Ma\u0301laga', false],
  ['\u0939\u093f\u0928\u094d\u0926\u0940 42', false],
  ['\u04bb\u041842', false],
  ['-42', false],
  ['x \u2260 3', false],
])('%j is illegible: %s', (source, isIt) => {
  expect(isIllegible(source, 0, source.length)).toBe(isIt);
});

test('a mark or a sign outside of a part makes it another one', () => {
  expect(isIllegible('is 42\u0336.', 3, 5)).toBe(true);
  expect(isIllegible('is \u207b42.', 4, 6)).toBe(true);
  expect(isIllegible('is\u0336 42.', 4, 6)).toBe(false);
});
