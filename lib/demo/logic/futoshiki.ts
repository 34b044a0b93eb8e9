import { numberGridOf, numberField, numbersOf } from '#lib/logic/row-fields.ts';
import { relationRule } from '../rules/relation-rule.ts';
import type { LogicModel } from './logic-model.ts';
import { cellName, squareAnswer, squareRules, squareVariables } from './square.ts';

/** A Latin square with signs between neighbours. */
export const futoshiki: LogicModel = {
  id: 'futoshiki',
  levels: [1, 2, 3, 4],
  toPuzzle(row) {
    const size = numberField(row, 'grid_size');
    const places = numberGridOf(row.metadata?.prefilled_coords);
    const values = numbersOf(row.metadata?.prefilled_values);
    const signs = row.metadata?.constraints;
    if (size === null || places === null || values === null || !Array.isArray(signs)) return null;
    const cellOf = ([r = 0, c = 0]: readonly number[]) => r * size + c;
    const given = new Map(places.map((place, at) => [cellOf(place), values[at] ?? 0] as const));
    const ordered = (signs as unknown[]).flatMap((sign) => {
      const [first, second, relation] = Array.isArray(sign) ? (sign as unknown[]) : [];
      const [a, b] = [numbersOf(first), numbersOf(second)];
      if (a === null || b === null) return [];
      return [relation === '<' ? [cellOf(a), cellOf(b)] : [cellOf(b), cellOf(a)]];
    });
    const rules = ordered.map(([less = 0, more = 0], index) =>
      relationRule({
        name: `sign ${index + 1}`,
        scope: [less, more],
        text: `${cellName(less, size)} < ${cellName(more, size)}`,
        holds: ([a = 0, b = 0]) => a < b,
      }),
    );
    return {
      variables: squareVariables(size, given),
      rules: [...squareRules(size), ...rules],
      answer: (numbers) => squareAnswer(size, numbers),
    };
  },
};
