import { describe, expect, test } from 'vitest';
import { toBoard } from '#lib/leaderboard/board.ts';
import type { BoardRunRow } from '#lib/leaderboard/board-row.ts';
import { boardRow } from './board-rows.ts';

const COUNTED = { kind: 'counted', tokenizer: 'o200k' } as const;

function placeOf(rows: readonly BoardRunRow[], runId: string) {
  return toBoard(rows).rows.find((row) => row.runId === runId)!;
}

describe('the board of a benchmark', () => {
  const field = [
    boardRow('best', { accuracy: 0.6, tokens: 4000 }, { family: 'laser', params: { L_T: 8192 } }),
    boardRow('near', { accuracy: 0.59, tokens: 3000 }, { family: 'laser', params: { L_T: 4096 } }),
    boardRow('beaten', { accuracy: 0.5, tokens: 3500 }),
    boardRow('cheap', { accuracy: 0.4, tokens: 500 }, { family: 'laser', params: { L_T: 512 } }),
    boardRow('foreign', { accuracy: 0.9, tokens: 10 }, { lengthColumn: COUNTED }),
    boardRow('without', { accuracy: 0.55, tokens: null }),
  ];

  test('the length column is what most runs have, and other lengths stand apart with the reason', () => {
    const board = toBoard(field);
    expect(board.lengthColumn).toEqual({ kind: 'reported', tokenizer: null });
    expect(board.lengthLabel).toBe('tokens as reported by the source');
    expect(placeOf(field, 'foreign')).toMatchObject({
      rank: 1,
      isLengthComparable: false,
      isOnFront: null,
      lengthNote:
        'Measured in tokens counted with o200k, the board in tokens as reported by the source.',
    });
    expect(placeOf(field, 'without').lengthNote).toBe('The source published no such figure.');
  });

  test('front and dominators are among comparable lengths', () => {
    expect(toBoard(field).front.map(({ runId }) => runId)).toEqual(['cheap', 'near', 'best']);
    expect(placeOf(field, 'beaten')).toMatchObject({ isOnFront: false, dominatedBy: ['near'] });
    expect(placeOf(field, 'best')).toMatchObject({ isOnFront: true, dominatedBy: [] });
  });

  test('a family is a line over the parameter it was swept over', () => {
    const [line] = toBoard(field, { reference: { tokens: 5000, accuracy: 0.3 } }).families;
    expect(line).toMatchObject({ family: 'laser', parameter: 'L_T' });
    expect(line?.points.map(({ label, value }) => [label, value])).toEqual([
      ['cheap', 512],
      ['near', 4096],
      ['best', 8192],
    ]);
    expect(line?.hypervolume?.linear).toBeCloseTo(2500 * 0.1 + 1000 * 0.29 + 1000 * 0.3, 9);
  });

  test('the reader may choose the other column', () => {
    const board = toBoard(field, { lengthColumn: COUNTED });
    expect(board.front.map(({ runId }) => runId)).toEqual(['foreign']);
  });

  test('characters of a hidden trace are no length', () => {
    const lengthColumn = { kind: 'characters', tokenizer: null } as const;
    const rows = [
      boardRow('open', { accuracy: 0.5, tokens: 900 }, { lengthColumn }),
      boardRow(
        'closed',
        { accuracy: 0.6, tokens: 580 },
        { lengthColumn, traceVisibility: 'hidden' },
      ),
    ];
    expect(toBoard(rows).front.map(({ runId }) => runId)).toEqual(['open']);
    expect(placeOf(rows, 'closed').lengthNote).toMatch(/not shown in full/);
  });

  test('lengths of several counters are no lengths, unless they are counted here', () => {
    const mixed = boardRow('mixed', { accuracy: 0.9, tokens: 10 }, { tokenSource: 'derived' });
    const rows = [boardRow('pure', { accuracy: 0.5, tokens: 900 }), mixed];
    expect(toBoard(rows).front.map(({ runId }) => runId)).toEqual(['pure']);
    expect(placeOf(rows, 'mixed')).toMatchObject({
      rank: 1,
      lengthNote: expect.stringMatching(/no counts of one counter/) as unknown,
    });
    const counted = rows.map((row) => ({ ...row, lengthColumn: COUNTED }));
    expect(toBoard(counted).front.map(({ runId }) => runId)).toEqual(['mixed']);
  });

  test('a run in progress is shown with its figures, without a place and off the front', () => {
    const live = boardRow('live', { accuracy: 1, tokens: 1 }, { state: 'live' });
    const rows = [boardRow('done', { accuracy: 0.5, tokens: 900 }), live];
    expect(toBoard(rows).front.map(({ runId }) => runId)).toEqual(['done']);
    expect(placeOf(rows, 'done')).toMatchObject({ rank: 1, isTied: false });
    expect(placeOf(rows, 'live')).toMatchObject({
      rank: null,
      lengthNote: expect.stringMatching(/in progress/) as unknown,
    });
  });

  test('rows of two benchmarks are refused', () => {
    const other = boardRow('x', { accuracy: 0.5, tokens: 1 }, { benchmarkId: 'math500' });
    expect(() => toBoard([...field, other])).toThrow(/not comparable/);
  });

  test('stored ranks are taken as they are, and their order does not matter', () => {
    const ranks = [
      { runId: 'best', rank: 2, tieGroup: 2 },
      { runId: 'near', rank: 2, tieGroup: 2 },
      { runId: 'cheap', rank: 1, tieGroup: 1 },
    ];
    const { rows } = toBoard(field, { ranks });
    expect(rows.slice(0, 3)).toMatchObject([
      { runId: 'cheap', rank: 1, isTied: false },
      { runId: 'near', rank: 2, isTied: true },
      { runId: 'best', rank: 2, isTied: true },
    ]);
    expect(rows.slice(3).every(({ rank }) => rank === null)).toBe(true);
  });

  test('without stored ranks the order is that of the ranking', () => {
    const order = toBoard(field).rows.map(({ runId }) => runId);
    expect(order).toEqual(['foreign', 'best', 'near', 'without', 'beaten', 'cheap']);
  });

  test('the order of rows in does not change the board', () => {
    expect(toBoard([...field].reverse())).toEqual(toBoard(field));
  });
});

describe('the finding in the title', () => {
  test.each([
    ['nobody', [], 'No runs yet.'],
    ['no result', [boardRow('a', { accuracy: null, tokens: null })], 'No run has a result yet.'],
    [
      'one run',
      [boardRow('a', { accuracy: 0.5, tokens: 1200 })],
      'a is right on 50.0 % with 1,200 tokens.',
    ],
    [
      'a run in progress that leads so far',
      [
        boardRow('a', { accuracy: 0.5, tokens: 1200 }),
        boardRow('b', { accuracy: 0.9, tokens: 300 }, { state: 'live' }),
      ],
      'a is right on 50.0 % with 1,200 tokens.',
    ],
    [
      'one run of unknown length',
      [boardRow('a', { accuracy: 1, tokens: null })],
      'a is right on 100.0 %.',
    ],
    [
      'a shorter run within two points',
      [
        boardRow('a', { accuracy: 0.35, tokens: 5789 }),
        boardRow('b', { accuracy: 0.338, tokens: 4794 }),
        boardRow('c', { accuracy: 0.1, tokens: 90 }),
      ],
      'a is most accurate (35.0 %) at 5,789 tokens; b takes 17 % fewer for 1.2 points less.',
    ],
    [
      'a best that is also the shortest',
      [boardRow('a', { accuracy: 0.35, tokens: 10 }), boardRow('b', { accuracy: 0.3, tokens: 20 })],
      'a is most accurate (35.0 %) at 10 tokens, and no comparable run takes fewer tokens.',
    ],
    [
      'two models',
      [
        boardRow('Original', { accuracy: 0.35, tokens: 10 }, { model: 'small' }),
        boardRow('Original', { accuracy: 0.45, tokens: null }, { model: 'large', runId: 'b' }),
      ],
      'Original on large is most accurate (45.0 %), but its length can not be compared.',
    ],
  ])('%s', (_, rows, finding) => expect(toBoard(rows).finding).toBe(finding));

  test('a shorter run that is not separated is named as such', () => {
    const items = (right: number) =>
      Float64Array.from({ length: 100 }, (_, i) => (i < right ? 1 : 0));
    const rows = [
      boardRow('a', { accuracy: 0.9, tokens: 1000 }, { itemMeans: items(90) }),
      boardRow('b', { accuracy: 0.88, tokens: 400 }, { itemMeans: items(88) }),
    ];
    expect(toBoard(rows).finding).toBe(
      'a is most accurate (90.0 %) at 1,000 tokens; b is not separated from it and takes 60 % fewer.',
    );
  });

  test('zero tokens and no accuracy break nothing', () => {
    const rows = [
      boardRow('a', { accuracy: 0, tokens: 0 }),
      boardRow('b', { accuracy: 0, tokens: 0 }),
      boardRow('c', { accuracy: null, tokens: 5 }),
    ];
    const board = toBoard(rows, { reference: { tokens: 10, accuracy: 0 } });
    expect(JSON.stringify(board)).not.toMatch(/NaN|Infinity/);
    expect(board.finding).not.toMatch(/NaN|Infinity/);
    expect(board.front).toHaveLength(2);
  });
});
