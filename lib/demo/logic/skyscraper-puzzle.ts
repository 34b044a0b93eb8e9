import { isRecord, numberField, numbersOf } from '#lib/logic/row-fields.ts';
import { countVisible } from '#lib/logic/skyline.ts';
import { relationRule } from '../rules/relation-rule.ts';
import type { LogicModel } from './logic-model.ts';
import { squareAnswer, squareRules, squareVariables } from './square.ts';

/** A Latin square of heights; a clue at an edge counts the buildings that are seen from there. */
export const skyscraperPuzzle: LogicModel = {
  id: 'skyscraper-puzzle',
  levels: [1, 2, 3],
  toPuzzle(row) {
    const size = numberField(row, 'n');
    const shown = row.metadata?.shown;
    if (size === null || !isRecord(shown)) return null;
    const lines = Array.from({ length: size }, (_, index) => index);
    const across = (line: number) => lines.map((column) => line * size + column);
    const down = (line: number) => lines.map((at) => at * size + line);
    const sides = [
      { clues: numbersOf(shown.top), from: 'above', cells: down },
      { clues: numbersOf(shown.bottom), from: 'below', cells: (at: number) => down(at).reverse() },
      { clues: numbersOf(shown.left), from: 'the left', cells: across },
      {
        clues: numbersOf(shown.right),
        from: 'the right',
        cells: (at: number) => across(at).reverse(),
      },
    ];
    if (sides.some(({ clues }) => clues === null)) return null;
    const rules = sides.flatMap(({ clues, from, cells }) =>
      (clues ?? []).flatMap((clue, line) => {
        if (clue === 0) return [];
        const name = `clue ${line + 1} from ${from}`;
        const text = `${clue} seen`;
        const holds = (heights: readonly number[]) => countVisible(heights) === clue;
        return [relationRule({ name, text, scope: cells(line), holds })];
      }),
    );
    return {
      variables: squareVariables(size, new Map()),
      rules: [...squareRules(size), ...rules],
      answer: (numbers) => squareAnswer(size, numbers),
    };
  },
};
