import { describe, expect, test } from 'vitest';
import { inferVerifier } from '#lib/ingest/infer-verifier.ts';
import { measureGuessability } from '#lib/logic/guessability.ts';
import { logicTasks } from '#lib/logic/index.ts';
import { createItem } from '#lib/logic/logic-item.ts';
import { LOGIC_PRESETS } from '#lib/logic/presets.ts';
import { readPuzzleGold } from '#lib/logic/puzzle-gold.ts';
import { toPuzzleItem } from '#lib/logic/puzzle-item.ts';
import { hasThinkAnswerForm } from '#lib/logic/response-format.ts';
import { parseSlice } from '#lib/leaderboard/item-slice.ts';
import { levelInBand, toLevelCurve } from '#lib/leaderboard/level-curve.ts';
import { isInSlice } from '#lib/leaderboard/run-groups.ts';
import { verifiers } from '#lib/verifiers/index.ts';

const kukurasu = logicTasks.get('kukurasu');
const item = createItem(kukurasu, { seed: 'unit', level: 2, index: 0 }, 'en');
const official = {
  data_source: 'val/kukurasu',
  prompt: [
    { role: 'system', content: 'Think.' },
    { role: 'user', content: item.prompt },
  ],
  extra_info: { game_data_str: JSON.stringify(item.data), index: 4, split: 'test' },
};

describe('a puzzle as an item of a benchmark', () => {
  test('is made from a generated line', () => {
    expect(toPuzzleItem(item)).toMatchObject({
      key: 'kukurasu/1/unit/2/0',
      prompt: item.prompt,
      groups: { task: 'kukurasu', level: '2', language: 'en' },
    });
  });

  test('is made from a row of the data set, with its prefix or without', () => {
    const made = toPuzzleItem(official);
    expect(made).toMatchObject({ key: 'kukurasu/test/4', groups: { task: 'kukurasu' } });
    expect(toPuzzleItem({ ...official, data_source: 'kukurasu' })).toEqual(made);
    expect(readPuzzleGold(made?.gold ?? '')).toMatchObject({ task: 'kukurasu' });
  });

  test('is nothing else', () => {
    for (const row of [null, 7, [], {}, { question: 'a', answer: 'b' }, { data_source: 'x' }])
      expect(toPuzzleItem(row)).toBeNull();
  });

  test('is given to the verifier of puzzles, and other JSON is not', () => {
    const golds = [{ gold: toPuzzleItem(official)?.gold ?? '', choices: null }];
    expect(inferVerifier(golds).id).toBe('logic');
    expect(inferVerifier([{ gold: '{"a": 1}', choices: null }]).id).toBe('json');
  });

  test('shows its answer and not its data', () => {
    const gold = toPuzzleItem(official)?.gold ?? '';
    expect(verifiers.get('logic').showGold?.(gold)).toMatch(/^\[\[".*\]\]$/u);
    expect(verifiers.get('logic').showGold?.('42')).toBeNull();
  });
});

test.each([
  ['<think>a</think><answer>b</answer>', true],
  [' <think>a</think>\n\n<answer>b</answer>\n', true],
  ['<think>a</think>so <answer>b</answer>', false],
  ['<answer>b</answer>', false],
  ['<think>a</think><answer>b</answer> Yes.', false],
  ['<think>a</think><think>c</think><answer>b</answer>', false],
  ['<answer>b</answer><think>a</think>', false],
])('%s has the form of thinking and answer: %s', (response, expected) => {
  expect(hasThinkAnswerForm(response)).toBe(expected);
});

test('a task whose answer is one of few can be guessed, one with a grid can not', () => {
  const few = measureGuessability(logicTasks.get('boolean-expressions'), 1, 60);
  const grid = measureGuessability(logicTasks.get('futoshiki'), 5, 40);
  expect(few.majority + few.random).toBeGreaterThan(0.1);
  expect(grid).toMatchObject({ majority: 0, random: 0, instances: 40 });
  expect(measureGuessability(logicTasks.get('boolean-expressions'), 1, 60)).toEqual(few);
});

describe('levels of a run', () => {
  const row = (name: string, accuracy: number | null) => ({
    name,
    items: 5,
    accuracy,
    tokensMean: 100,
  });
  const groups = [
    { name: 'level', rows: [row('10', 0.1), row('2', 0.9), row('5', 0.6), row('7', null)] },
  ];

  test('rise as numbers', () => {
    expect(toLevelCurve(groups).map(({ level }) => level)).toEqual([2, 5, 7, 10]);
    expect(toLevelCurve([{ name: 'level', rows: [row('hard', 1)] }])).toEqual([]);
    expect(toLevelCurve([])).toEqual([]);
  });

  test('are chosen by their accuracy', () => {
    const points = toLevelCurve(groups);
    expect(levelInBand(points, { low: 0.2, high: 0.8 })?.level).toBe(5);
    expect(levelInBand(points, { low: 0, high: 0.2 })?.level).toBe(10);
    expect(levelInBand(points, { low: 0.2, high: 0.3 })).toBeNull();
  });

  test('are those of one task when a slice asks for it', () => {
    const items = [
      { position: 0, difficulty: null, groups: { task: 'sudoku', level: '1' } },
      { position: 1, difficulty: null, groups: { task: 'sudoku', level: '2' } },
      { position: 2, difficulty: 'hard', groups: { task: 'survo', level: '1' } },
    ];
    const inSlice = (...pairs: string[]) =>
      items.filter((one) => isInSlice(one, parseSlice(pairs))).map(({ position }) => position);
    expect(inSlice()).toEqual([0, 1, 2]);
    expect(inSlice('task:sudoku')).toEqual([0, 1]);
    expect(inSlice('task:sudoku', 'task:survo', 'level:1')).toEqual([0, 2]);
    expect(inSlice('difficulty:hard')).toEqual([2]);
    expect(inSlice('language:en')).toEqual([]);
  });
});

test('the presets differ by tasks, levels and seeds', () => {
  expect(LOGIC_PRESETS.map(({ name }) => name)).toEqual(['synlogic-easy', 'synlogic-hard']);
  expect(new Set(LOGIC_PRESETS.flatMap(({ levels }) => levels)).size).toBe(8);
});
