import { numberGridOf, numbersOf } from '#lib/logic/row-fields.ts';
import type { Variable } from '../puzzle.ts';
import { linearRule } from '../rules/linear-rule.ts';
import { stockRule } from '../rules/stock-rule.ts';
import type { LogicModel } from './logic-model.ts';
import { cellName, squareAnswer } from './square.ts';

/** Listed numbers go into the blanks so that rows and columns add up to their totals. */
export const survo: LogicModel = {
  id: 'survo',
  levels: [1, 2, 3, 4],
  toPuzzle({ metadata }) {
    const matrix = numberGridOf(metadata?.original_matrix);
    const numbers = numbersOf(metadata?.candidate_numbers);
    if (matrix === null || numbers === null) return null;
    const size = matrix.length;
    const cells = matrix.flat();
    const blanks = cells.flatMap((value, cell) => (value === 0 ? [cell] : []));
    const domain = [...new Set(numbers)].sort((a, b) => a - b);
    const variables = blanks.map((cell): Variable => {
      const name = cellName(cell, size);
      const show = (value: number) => `${value}`;
      return { name, domain, show, say: (value) => `${name} is ${value}` };
    });
    const sumRule = (name: string, line: readonly number[]) => {
      const inner = line.slice(0, -1);
      const total = cells[line.at(-1) ?? -1] ?? 0;
      const terms = inner.flatMap((cell) => {
        const variable = blanks.indexOf(cell);
        return variable === -1 ? [] : [{ variable, factor: 1 }];
      });
      const shown = inner.reduce((sum, cell) => sum + (cells[cell] ?? 0), 0);
      return terms.length === 0 ? [] : [linearRule(name, terms, total - shown)];
    };
    const all = Array.from({ length: size }, (_, index) => index);
    const lines = all.slice(0, -1).flatMap((line) => [
      ...sumRule(
        `row ${line + 1}`,
        all.map((column) => line * size + column),
      ),
      ...sumRule(
        `column ${line + 1}`,
        all.map((at) => at * size + line),
      ),
    ]);
    const everyBlank = blanks.map((_, variable) => variable);
    return {
      variables,
      rules: [...lines, stockRule('the list', everyBlank, numbers)],
      answer(values) {
        const filled = [...cells];
        blanks.forEach((cell, variable) => {
          filled[cell] = values[variable] ?? 0;
        });
        return squareAnswer(size, filled);
      },
    };
  },
};
