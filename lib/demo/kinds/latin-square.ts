import type { Rng } from '#lib/rng.ts';

import type { Variable } from '../puzzle.ts';
import { differentRule } from '../rules/different-rule.ts';
import { ANSWER_INSTRUCTION, type Kind } from './kind.ts';

const SIZES = {
  easy: { size: 4, blanks: 6 },
  medium: { size: 4, blanks: 9 },
  hard: { size: 5, blanks: 12 },
};

/** A square in which every row and column holds each number once; one row is asked for. */
export const latinSquare: Kind = {
  id: 'latin-square',
  label: 'Latin square',
  verifier: 'math',
  draft(rng, difficulty) {
    const { size, blanks } = SIZES[difficulty];
    const lines = Array.from({ length: size }, (_, index) => index);
    const secret = drawSquare(rng, lines);
    const blank = new Set(rng.shuffle(secret.map((_, cell) => cell)).slice(0, blanks));
    const rowOf = (row: number) => lines.map((column) => row * size + column);
    const blanksOf = (row: number) => rowOf(row).filter((cell) => blank.has(cell)).length;
    const asked = rng
      .shuffle(lines)
      .reduce((best, row) => (blanksOf(row) > blanksOf(best) ? row : best));

    const shown = secret.map((value, cell) => (blank.has(cell) ? '.' : `${value}`));
    return {
      prompt: [
        `Fill the ${size} by ${size} grid so that every row and every column holds each number from 1 to ${size} exactly once. A dot is an empty cell.`,
        ...lines.map((row) =>
          rowOf(row)
            .map((cell) => shown[cell])
            .join(' '),
        ),
        `Write row ${asked + 1} from the top as one number of ${size} digits. ${ANSWER_INSTRUCTION}`,
      ].join('\n'),
      puzzle: {
        variables: secret.map((value, cell): Variable => {
          const name = `r${Math.floor(cell / size) + 1}c${(cell % size) + 1}`;
          const domain = blank.has(cell) ? lines.map((line) => line + 1) : [value];
          return {
            name,
            domain,
            show: (number) => `${number}`,
            say: (number) => `${name} is ${number}`,
          };
        }),
        rules: lines.flatMap((line) => [
          differentRule(`row ${line + 1}`, rowOf(line)),
          differentRule(
            `column ${line + 1}`,
            lines.map((row) => row * size + line),
          ),
        ]),
        answer: (values) =>
          rowOf(asked)
            .map((cell) => values[cell])
            .join(''),
      },
    };
  },
};

/** Rows, columns and numbers of the cyclic square, each in random order. */
function drawSquare(rng: Rng, lines: readonly number[]): number[] {
  const [rows, columns, numbers] = [rng.shuffle(lines), rng.shuffle(lines), rng.shuffle(lines)];
  return rows.flatMap((row) =>
    columns.map((column) => 1 + (numbers[(row + column) % lines.length] ?? 0)),
  );
}
