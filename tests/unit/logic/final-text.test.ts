import { describe, expect, test } from 'vitest';
import { finalText } from '#lib/logic/final-text.ts';
import { logicTasks } from '#lib/logic/index.ts';
import { createInstance } from '#lib/logic/logic-item.ts';
import { toLogicRow } from '#lib/logic/row-fields.ts';
import { verifyLogic } from '#lib/logic/verify-logic.ts';

/** Digits, brackets and commas as Chinese writing has them. */
function widened(text: string): string {
  return text.replace(/[\d[\](){},]/gu, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
}

function statusOf(id: string, write: (answer: string) => string): string {
  const task = logicTasks.get(id);
  const instance = createInstance(task, { seed: 'width', index: 0, level: 2 });
  const row = toLogicRow(
    JSON.parse(JSON.stringify(task.toData(instance, task.render(instance, 'zh', 0)))),
  );
  if (row === null) throw new Error('The row is no row.');
  return verifyLogic(task, row, write(task.answer(instance))).status;
}

describe('where a final answer stands', () => {
  test('full-width characters and curly quotes there read as plain ones', () => {
    expect(finalText('最终答案：［［１，２］］ “x” ‘y’')).toBe(`最终答案:[[1,2]] "x" 'y'`);
    expect(finalText('<think>１</think>2')).toBe('2');
    expect(finalText('无')).toBe('无');
  });

  test.each(['sudoku', 'survo', 'norinori', 'star-placement-puzzle', 'time-sequence', 'arc-agi'])(
    '%s is judged alike in either width',
    (id) => {
      expect(statusOf(id, widened)).toBe('correct');
      expect(statusOf(id, (answer) => widened(answer.replace(/\d/u, '99')))).not.toBe('correct');
    },
  );
});

describe('a bracket sequence', () => {
  test.each([
    (answer: string) => `\\boxed{${answer}}`,
    (answer: string) => `$\\boxed{\\text{${answer}}}$`,
    (answer: string) => `${answer}<|im_end|>`,
  ])('stands in a box or before a mark of the end', (write) => {
    expect(statusOf('dyck-language', write)).toBe('correct');
    expect(statusOf('dyck-language', (answer) => write(`${answer}()`))).toBe('wrong');
  });
});
