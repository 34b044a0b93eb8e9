import { isRecord, numberField, numberGridOf } from '#lib/logic/row-fields.ts';
import { relationRule } from '../rules/relation-rule.ts';
import type { LogicModel } from './logic-model.ts';
import { squareAnswer, squareRules, squareVariables } from './square.ts';

/** A Latin square whose cages have a target; no number stands twice in a cage. */
export const calcudoko: LogicModel = {
  id: 'calcudoko',
  levels: [1, 2, 3, 4],
  toPuzzle(row) {
    const size = numberField(row, 'grid_size');
    const regions = row.metadata?.regions;
    if (size === null || !Array.isArray(regions)) return null;
    const cages = (regions as unknown[]).map((region) => toCage(region, size));
    if (!cages.every((cage) => cage !== null)) return null;
    return {
      variables: squareVariables(size, new Map()),
      rules: [
        ...squareRules(size),
        ...cages.map(({ cells, target, operator }, index) =>
          relationRule({
            name: `cage ${index + 1}`,
            scope: cells,
            text: cells.length === 1 ? `${target}` : `${target} by ${operator}`,
            holds: (numbers) =>
              new Set(numbers).size === numbers.length && meets(numbers, target, operator),
          }),
        ),
      ],
      answer: (numbers) => squareAnswer(size, numbers),
    };
  },
};

interface Cage {
  cells: number[];
  target: number;
  operator: string;
}

function toCage(region: unknown, size: number): Cage | null {
  if (!isRecord(region)) return null;
  const { target, operator } = region;
  const cells = toCells(region.cells, size);
  if (cells === null || typeof target !== 'number' || typeof operator !== 'string') return null;
  return { cells, target, operator };
}

/** Places as `(1,2)` or as pairs, counted from 1. */
function toCells(value: unknown, size: number): number[] | null {
  const pairs =
    numberGridOf(value) ??
    (Array.isArray(value)
      ? (value as unknown[]).map((place) => (String(place).match(/\d+/gu) ?? []).map(Number))
      : null);
  if (pairs === null) return null;
  const cells = pairs.map(([row = 0, column = 0]) => (row - 1) * size + column - 1);
  return cells.every((cell) => cell >= 0 && cell < size * size) ? cells : null;
}

function meets(numbers: readonly number[], target: number, operator: string): boolean {
  if (numbers.length === 1) return numbers[0] === target;
  if (operator === '+') return numbers.reduce((sum, number) => sum + number, 0) === target;
  if (operator === '*') return numbers.reduce((product, number) => product * number, 1) === target;
  const [large, small] = [Math.max(...numbers), Math.min(...numbers)];
  return operator === '-' ? large - small === Math.abs(target) : large === small * target;
}
