import { numberField, textGridOf } from '#lib/logic/row-fields.ts';
import type { Variable } from '../puzzle.ts';
import { differentRule } from '../rules/different-rule.ts';
import { relationRule } from '../rules/relation-rule.ts';
import type { LogicModel } from './logic-model.ts';

/** One star a row, column and region, none beside another: the unknown of a row is the column of its star. */
export const starPlacementPuzzle: LogicModel = {
  id: 'star-placement-puzzle',
  levels: [1, 2, 3],
  toPuzzle(row) {
    const size = numberField(row, 'n');
    const grid = textGridOf(row.metadata?.region_grid);
    // Two stars a row would be two unknowns a row.
    if (size === null || grid?.length !== size || numberField(row, 'k') !== 1) return null;
    const rows = Array.from({ length: size }, (_, index) => index);
    const regionOf = (line: number, column: number) => grid[line]?.[column - 1] ?? '';
    const pairs = rows.flatMap((a) => rows.slice(a + 1).map((b) => [a, b] as const));
    return {
      variables: rows.map((line): Variable => {
        const name = `row ${line + 1}`;
        return {
          name,
          domain: rows.map((column) => column + 1),
          show: (column) => `column ${column}`,
          say: (column) => `the star of ${name} is in column ${column}`,
        };
      }),
      rules: [
        differentRule('the list of columns', rows),
        ...pairs.map(([a, b]) =>
          relationRule({
            name: `the regions of rows ${a + 1} and ${b + 1}`,
            scope: [a, b],
            text: 'one star each',
            holds: ([first = 0, second = 0]) => regionOf(a, first) !== regionOf(b, second),
          }),
        ),
        ...rows.slice(1).map((line) =>
          relationRule({
            name: `the distance of rows ${line} and ${line + 1}`,
            scope: [line - 1, line],
            text: 'no two stars touch',
            holds: ([above = 0, below = 0]) => Math.abs(above - below) > 1,
          }),
        ),
      ],
      answer: (columns) =>
        `{${rows
          .map((line) => {
            const column = columns[line] ?? 0;
            return `'${regionOf(line, column)}':[(${line + 1},${column})]`;
          })
          .sort()
          .join(',')}}`,
    };
  },
};
