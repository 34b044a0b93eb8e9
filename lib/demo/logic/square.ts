import type { Rule, Variable } from '../puzzle.ts';
import { differentRule } from '../rules/different-rule.ts';

/** The cells of a Latin square, row by row; `given` holds the values that the prompt shows, by cell. */
export function squareVariables(size: number, given: ReadonlyMap<number, number>): Variable[] {
  const numbers = Array.from({ length: size }, (_, index) => index + 1);
  return Array.from({ length: size * size }, (_, cell): Variable => {
    const name = cellName(cell, size);
    const value = given.get(cell);
    return {
      name,
      domain: value === undefined ? numbers : [value],
      show: (number) => `${number}`,
      say: (number) => `${name} is ${number}`,
    };
  });
}

/** Rows and columns hold no number twice. */
export function squareRules(size: number): Rule[] {
  const lines = Array.from({ length: size }, (_, index) => index);
  return lines.flatMap((line) => [
    differentRule(
      `row ${line + 1}`,
      lines.map((column) => line * size + column),
    ),
    differentRule(
      `column ${line + 1}`,
      lines.map((row) => row * size + line),
    ),
  ]);
}

/** `[[1 2 3],[…]]` without white space inside the rows, so that an answer counts as one word. */
export function squareAnswer(size: number, values: readonly number[]): string {
  const rows = Array.from({ length: size }, (_, row) => values.slice(row * size, (row + 1) * size));
  return JSON.stringify(rows);
}

export function cellName(cell: number, size: number): string {
  return `r${Math.floor(cell / size) + 1}c${(cell % size) + 1}`;
}
