import { describe, expect, test } from 'vitest';
import { logicTasks } from '#lib/logic/index.ts';
import type { LogicRow } from '#lib/logic/logic-task.ts';
import { verifyLogic } from '#lib/logic/verify-logic.ts';
import { areSlotsForWords, drawCrossword, fillSlots, slotsOf } from '#lib/logic/word-grid.ts';
import { createRng } from '#lib/rng.ts';

const task = logicTasks.get('wordscapes');

function rowOf(grid: readonly string[], across: string[], down: string[]): LogicRow {
  const metadata = {
    grid: grid.map((line) => Array.from(line)),
    across_words: across,
    down_words: down,
  };
  return { question: '', answer: '', difficulty: 1, metadata };
}

function grid(...lines: string[]): string {
  return JSON.stringify(lines.map((line) => Array.from(line)));
}

describe('the slots of a grid', () => {
  const layout = ['XXX', '0X0', 'XX0'].map((line) => Array.from(line));

  test('they are the runs of two and more cells', () => {
    expect(slotsOf(layout)).toEqual([
      { isDown: false, cells: [0, 1, 2] },
      { isDown: false, cells: [6, 7] },
      { isDown: true, cells: [1, 4, 7] },
    ]);
    expect(areSlotsForWords(slotsOf(layout), ['cat', 'to'], ['ago'])).toBe(true);
    expect(areSlotsForWords(slotsOf(layout), ['cat'], ['ago', 'to'])).toBe(false);
  });

  test('every way to fill them is counted', () => {
    const count = (across: string[], down: string[]) =>
      fillSlots(slotsOf(layout), across, down, 9).count;
    expect(count(['cat', 'to'], ['ago'])).toBe(1);
    expect(count(['cat', 'to'], ['cot'])).toBe(0);
    const apart = ['XXX', '000', 'XXX'].map((line) => Array.from(line));
    expect(fillSlots(slotsOf(apart), ['cat', 'dog'], [], 9).count).toBe(2);
    expect(fillSlots(slotsOf(apart), ['cat', 'cat'], [], 9).count).toBe(1);
  });

  test('words of a drawn crossword are exactly its runs', () => {
    let drawn = 0;
    for (let index = 0; index < 60; index += 1) {
      const crossword = drawCrossword(createRng('crossword', index), 8, 8);
      if (crossword === null) continue;
      drawn += 1;
      const { cells, across, down } = crossword;
      const slots = slotsOf(cells.map((row) => row.map((cell) => (cell === ' ' ? '0' : 'X'))));
      const letters = cells.flat();
      const read = (isDown: boolean) =>
        slots
          .filter((slot) => slot.isDown === isDown)
          .map((slot) => slot.cells.map((cell) => letters[cell]).join(''));
      expect(read(false).sort()).toEqual([...across].sort());
      expect(read(true).sort()).toEqual([...down].sort());
    }
    expect(drawn).toBeGreaterThan(30);
  });
});

describe('verdicts', () => {
  const own = rowOf(['XXX', '0X0', 'XX0'], ['cat', 'to'], ['ago']);
  const judge = (row: LogicRow, response: string) => verifyLogic(task, row, response);

  test.each([
    grid('CAT', ' G ', 'TO '),
    grid('cat', '0g0', 'to0'),
    `\`\`\`python\ngrid = ${grid('CAT', ' G ', 'TO ')}\n\`\`\``,
    '[[C, A, T], [ , G, ], [T, O, ]]',
    `First ${grid('CAT', ' O ', 'TO ')}, no: ${grid('CAT', ' G ', 'TO ')}`,
  ])('right: %s', (response) => {
    expect(judge(own, response)).toEqual({ status: 'correct', reason: null });
  });

  test.each([
    [grid('CAT', ' G ', ' TO'), 'row 3, column 1 must hold one letter'],
    [grid('CAT', 'NG ', 'TO '), 'row 2, column 1 must stay empty'],
    [grid('CAT', ' G ', 'GO '), '"go" is no across word that is left'],
    ['[["CAT","TO","AGO"],["","A",""],["A","A",""]]', 'row 1, column 1 must hold one letter'],
    [grid('CAT', ' G '), 'the grid has another size'],
    [
      `${grid('CAT', ' G ', 'TO ')} or rather ${grid('CAT', ' A ', 'TO ')}`,
      '"aao" is no down word that is left',
    ],
  ])('wrong: %s', (response, reason) => {
    expect(judge(own, response)).toEqual({ status: 'wrong', reason });
  });

  test('words of a data set may lie end to end, but each needs a place and every X a word', () => {
    const row = rowOf(['XXXX', 'X000', 'X000'], ['cat', 'ten'], ['cog']);
    expect(judge(row, grid('CATS', 'O   ', 'G   ')).reason).toBe('"ten" is missing');
    const joined = rowOf(['XXXXX', 'X0000', 'X0000'], ['cat', 'ten'], ['cog']);
    expect(judge(joined, grid('CATEN', 'O    ', 'G    ')).status).toBe('correct');
    const uncovered = rowOf(['XXXXXX', 'X00000', 'X00000'], ['cat', 'ten'], ['cog']);
    expect(judge(uncovered, grid('CATENS', 'O     ', 'G     ')).status).toBe('wrong');
    const twice = rowOf(['XXXX', 'X000', 'X000'], ['cat', 'cat'], ['cog']);
    expect(judge(twice, grid('CATS', 'O   ', 'G   ')).status).toBe('wrong');
  });

  test('the published verifier takes all letters in one cell and the first grid', () => {
    const crammed = '[["CATTO","AGO","X"],["","X",""],["X","X",""]]';
    expect(verifyLogic(task, own, crammed, 'reference').status).toBe('correct');
    const late = `${grid('CAT', ' O ', 'TO ')} ${grid('CAT', ' G ', 'TO ')}`;
    expect(verifyLogic(task, own, late, 'reference').status).toBe('wrong');
  });
});
