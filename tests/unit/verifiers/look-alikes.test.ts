import { describe, expect, test } from 'vitest';
import { verifiers } from '#lib/verifiers/index.ts';

const RIGHT_TO_LEFT = '\u202e';

/** Answers that are seen as another one than the reference, by verifier. */
const SEEN_OTHERWISE: Readonly<
  Record<string, readonly (readonly [gold: string, answer: string])[]>
> = {
  math: [
    ['24', `${RIGHT_TO_LEFT}24`],
    ['24', '\u206724\u2069'],
    ...['\u2010', '\u2011', '\u2012', '\u2015', '\u2043', '\u2796', '\ufe63', '\u02d7'].map(
      (hyphen) => ['42', `${hyphen}42`] as const,
    ),
    ...['\u00af', '\u30fc', '\u4e00', '\u207b', '\u2500'].map(
      (sign) => ['42', `${sign}42`] as const,
    ),
    ['\u201142', '42'],
    ['42', '42\u0336'],
    ['42', '4\u03362\u0336'],
    ['0.3', '0.3\u0307'],
    ['42', '42\u20dd'],
    ['42', '\u066242'],
    ['42', '42\u0663'],
    ['42', '42\ue000'],
    ['42', '42\ud800'],
    ['42', '42\0'],
    ['42', '4\u00b2'],
    ['x = 3', 'x =\u0338 3'],
    ['42', '\u229642'],
    ['42', '\u223842'],
    ['2', '2\u2295'],
  ],
  numeric: [
    ['24', `${RIGHT_TO_LEFT}24`],
    ['42', '\u201142'],
    ['\u201142', '42'],
    ['42', '42\u0336'],
    ['0.3', '0.3\u0307'],
    ['42', '42\u0663'],
    ['42', '\u30fc42'],
  ],
  'multiple-choice': [
    ['B', 'B\u0336'],
    ['B', `${RIGHT_TO_LEFT}B`],
    ['B', `B${RIGHT_TO_LEFT} A ro`],
    ['B', '\u0412'],
    ['A', '\u0391'],
  ],
  string: [
    ['siraP', `${RIGHT_TO_LEFT}siraP`],
    ['Paris', 'P\u0430ris'],
    ['Paris', 'P\u0336aris'],
    ['Paris', 'P\u00e1ris'],
    ['\u0915\u093f', '\u0915\u093e'],
    ['5', '-5'],
    ['5', '\u22125'],
    ['5', '.5'],
    ['5', '5!'],
    ['2', '\u221a2'],
    ['102', '10\u00b2'],
    ['1.5', '1,5'],
    ['C', 'C++'],
    ['C', 'C#'],
    ['B', 'B\u266d'],
    ['p', '\u00acp'],
    ['p\u2227q', 'p\u2228q'],
    ['a<b', 'a>b'],
  ],
  json: [
    ['{"a": 1}', '{"\u0430": 1}'],
    ['{"a": "24"}', `{"a": "${RIGHT_TO_LEFT}24"}`],
    ['[9007199254740993]', '[9007199254740992]'],
    ['[1e400]', '[2e400]'],
    ['[0.1]', '[0.1000000000000000055]'],
  ],
  'yes-no': [
    ['yes', 'y\u0435s'],
    ['yes', 'y\u0336e\u0336s\u0336'],
    ['yes', `${RIGHT_TO_LEFT}sey`],
    ['yes', '\u00acyes'],
    ['yes', '\\neg yes'],
    ['yes', '~~yes~~'],
    ['true', '!true'],
  ],
  gsm8k: [
    ['24', `${RIGHT_TO_LEFT}24`],
    ['42', '\u221242'],
    ['42', '\u201142'],
  ],
  'expression-target': [
    ['4 6 -> 24', `${RIGHT_TO_LEFT}6*4`],
    ['24 6 -> 4', `${RIGHT_TO_LEFT}24/6`],
    ['4 6 -> 24', '4\u0336*6'],
    ['46 2 -> 48', '4\u200a6+2'],
  ],
};

/** Answers that are seen as the reference. */
const SEEN_ALIKE: typeof SEEN_OTHERWISE = {
  math: [
    ['42', '\uff14\uff12'],
    ['-42', '\uff0d\uff14\uff12'],
    ['-42', '\u221242'],
    ['-42', '\u201142'],
    ['42', '\u0664\u0662'],
    ['42', '\u{1d7d2}\u{1d7d0}'],
    ['42', '4\u200b2'],
    ['42', '\ufeff42'],
    ['16', '4\u00b2'],
    ['\\frac{1}{2}', '\u00bd'],
    ['x \\ne 3', 'x =\u0338 3'],
    ['x^2', '\u{1d465}\u00b2'],
    ['\\pi r', '\u{1d70b}\u{1d45f}'],
    ['42', '\u2234 42'],
    ['42', '42 \u220e'],
  ],
  numeric: [
    ['42', '\uff14\uff12'],
    ['-42', '\u201142'],
    ['42', '\u0664\u0662'],
    ['42', '4\u200b2'],
  ],
  'multiple-choice': [
    ['B', '\uff22'],
    ['B', '\u200bB\u200b'],
  ],
  string: [
    ['Paris', '\uff30\uff41\uff52\uff49\uff53'],
    ['Paris', 'Pa\u00adris'],
    ['M\u00e1laga', 'Ma\u0301laga'],
    ['Paris', 'Paris \u2705'],
    ['-5', '\u22125'],
    ['x = 5', 'x=5.'],
    ['H2O', 'H\u2082O'],
  ],
  json: [['{"a": 1}', '\ufeff{"a": 1.0}']],
  'yes-no': [
    ['yes', '\uff59\uff45\uff53'],
    ['yes', 'y\u200bes'],
  ],
  'expression-target': [
    ['4 6 -> 24', '\uff14\u00d7\uff16'],
    ['8 4 -> 4', '8\u22124'],
  ],
};

const NASTY = [
  '4\u0301',
  `4${'\u0301'.repeat(50_000)}2`,
  `4${'\u200b'.repeat(50_000)}2`,
  '\u202e'.repeat(20_000),
  '\ud800'.repeat(20_000),
  '\udc00\ud800',
  '\0'.repeat(20_000),
  '\u{1d7d2}'.repeat(20_000),
  '\u0664'.repeat(20_000),
  '\u{10ffff}\uffff\ufffe',
  'x\u0338'.repeat(20_000),
  '7,'.repeat(50_000),
  '\u2705'.repeat(50_000),
  'not {"a":1} '.repeat(15_000),
];

function formsOf(id: string, answer: string): string[] {
  return id === 'gsm8k'
    ? [`#### ${answer}`]
    : [`\\boxed{${answer}}`, `The answer is ${answer}.`, answer];
}

function statusOf(id: string, gold: string, response: string): string {
  const verifier = verifiers.get(id);
  return verifier.verify({ gold, response }, verifier.policy.parse({})).status;
}

describe.each(Object.entries(SEEN_OTHERWISE))('%s', (id, pairs) => {
  test.each(pairs)('%j is never met by %j', (gold, answer) => {
    for (const form of formsOf(id, answer))
      expect(statusOf(id, gold, form), form).not.toBe('correct');
  });
});

describe.each(Object.entries(SEEN_ALIKE))('%s', (id, pairs) => {
  test.each(pairs)('%j is met by %j', (gold, answer) => {
    for (const form of formsOf(id, answer)) expect(statusOf(id, gold, form), form).toBe('correct');
  });
});

describe.each(verifiers.all)('$id', ({ id }) => {
  test('takes nasty text on either side without a fault', () => {
    for (const nasty of NASTY)
      for (const form of [...formsOf(id, nasty), `Answer: ${nasty}\n#### ${nasty}`])
        for (const gold of ['42', nasty]) {
          const start = performance.now();
          expect(['wrong', 'unparsed', 'unverifiable', 'correct']).toContain(
            statusOf(id, gold, form),
          );
          expect(performance.now() - start).toBeLessThan(1_000);
        }
  });
});
