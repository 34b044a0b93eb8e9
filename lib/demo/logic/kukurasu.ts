import { numbersOf } from '#lib/logic/row-fields.ts';
import type { Variable } from '../puzzle.ts';
import { linearRule } from '../rules/linear-rule.ts';
import type { LogicModel } from './logic-model.ts';
import { cellName } from './square.ts';

/** Ones are worth their column to their row and their row to their column. */
export const kukurasu: LogicModel = {
  id: 'kukurasu',
  levels: [1, 2, 3, 4],
  toPuzzle({ metadata }) {
    const rowSums = numbersOf(metadata?.row_sums);
    const colSums = numbersOf(metadata?.col_sums);
    if (rowSums === null || colSums === null) return null;
    const width = colSums.length;
    const variables = rowSums.flatMap((_, row) =>
      colSums.map((__, column): Variable => {
        const name = cellName(row * width + column, width);
        return {
          name,
          domain: [0, 1],
          show: (value) => (value === 1 ? 'marked' : 'empty'),
          say: (value) => `${name} is ${value === 1 ? 'marked' : 'empty'}`,
        };
      }),
    );
    const rows = rowSums.map((sum, row) =>
      linearRule(
        `row ${row + 1}`,
        colSums.map((_, column) => ({ variable: row * width + column, factor: column + 1 })),
        sum,
      ),
    );
    const columns = colSums.map((sum, column) =>
      linearRule(
        `column ${column + 1}`,
        rowSums.map((_, row) => ({ variable: row * width + column, factor: row + 1 })),
        sum,
      ),
    );
    return {
      variables,
      rules: [...rows, ...columns],
      answer: (values) =>
        JSON.stringify(
          rowSums.map((_, row) =>
            colSums.map((__, column) => (values[row * width + column] === 1 ? '1' : 'X')),
          ),
        ),
    };
  },
};
