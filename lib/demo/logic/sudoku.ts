import { numberField, textGridOf } from '#lib/logic/row-fields.ts';
import { differentRule } from '../rules/different-rule.ts';
import type { LogicModel } from './logic-model.ts';
import { squareAnswer, squareRules, squareVariables } from './square.ts';

/** A Latin square whose boxes hold no number twice either. */
export const sudoku: LogicModel = {
  id: 'sudoku',
  levels: [1, 2, 3, 4],
  toPuzzle(row) {
    const rows = textGridOf(row.metadata?.original_sudoku);
    const [height, width] = [numberField(row, 'box_rows'), numberField(row, 'box_cols')];
    if (rows === null || height === null || width === null) return null;
    const size = rows.length;
    const given = new Map(
      rows.flat().flatMap((cell, at) => (cell === 'X' ? [] : [[at, Number(cell)] as const])),
    );
    const cells = Array.from({ length: size * size }, (_, cell) => cell);
    const boxes = Map.groupBy(cells, (cell) => {
      const [r, c] = [Math.floor(cell / size), cell % size];
      return Math.floor(r / height) * (size / width) + Math.floor(c / width);
    });
    return {
      variables: squareVariables(size, given),
      rules: [
        ...squareRules(size),
        ...[...boxes].map(([box, scope]) => differentRule(`box ${box + 1}`, scope)),
      ],
      answer: (numbers) => squareAnswer(size, numbers),
    };
  },
};
