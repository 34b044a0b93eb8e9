/**
 * Every answer that a prompt allows, found by trying everything on the text alone. It shares no code with
 * the product, so it also proves that the prompt states every rule.
 */
export const PROMPT_ANSWERS: Readonly<Record<string, (prompt: string) => string[]>> = {
  'target-sum': answerTargetSum,
  'linear-system': answerLinearSystem,
  'latin-square': answerLatinSquare,
  'seating-order': answerSeatingOrder,
  'knights-and-knaves': answerKnights,
  'operator-blanks': answerOperators,
};

function answerTargetSum(prompt: string): string[] {
  const [, list] = /numbers: ([^.]+)/.exec(prompt)!;
  const [, target] = /add up to exactly (\d+)/.exec(prompt)!;
  const numbers = list!.split(', ').map(Number);
  return combinations(numbers.map(() => [false, true]))
    .map((kept) => numbers.filter((_, index) => kept[index]))
    .filter((kept) => kept.reduce((a, b) => a + b, 0) === Number(target))
    .map((kept) => `${Math.min(...kept) * Math.max(...kept)}`);
}

function answerLinearSystem(prompt: string): string[] {
  const highest = Number(/from 1 to (\d+)/.exec(prompt)![1]);
  const letters = /product (.*)\?/.exec(prompt)![1]!.split(' · ');
  const equations = [...prompt.matchAll(/^\(\d+\) (.*) = (-?\d+)$/gm)].map(([, left, total]) => ({
    terms: [...left!.replaceAll(' ', '').matchAll(/([+-]?)(\d?)([a-z])/g)],
    total: Number(total),
  }));
  return combinations(letters.map(() => range(1, highest)))
    .filter((values) =>
      equations.every(({ terms, total }) => {
        const sum = terms.reduce((before, [, sign, factor, letter]) => {
          const size = (factor === '' ? 1 : Number(factor)) * values[letters.indexOf(letter!)]!;
          return sign === '-' ? before - size : before + size;
        }, 0);
        return sum === total;
      }),
    )
    .map((values) => `${values.reduce((a, b) => a * b, 1)}`);
}

function answerLatinSquare(prompt: string): string[] {
  const grid = prompt.split('\n').filter((line) => /^[\d.](?: [\d.])+$/.test(line));
  const asked = Number(/Write row (\d+)/.exec(prompt)![1]) - 1;
  const cells = grid.map((line) => line.split(' '));
  const rowChoices = cells.map((shown) =>
    permutations(range(1, cells.length)).filter((row) =>
      shown.every((cell, column) => cell === '.' || Number(cell) === row[column]),
    ),
  );
  return combinations(rowChoices)
    .filter((rows) =>
      rows.every((_, column) => new Set(rows.map((row) => row[column])).size === rows.length),
    )
    .map((rows) => rows[asked]!.join(''));
}

function answerSeatingOrder(prompt: string): string[] {
  const names = namesIn(/^(.*) sit in a row/.exec(prompt)![1]!);
  const clues = [...prompt.matchAll(/^\(\d+\) (.*)\.$/gm)].map(([, clue]) => clue!);
  return permutations(names)
    .filter((order) => clues.every((clue) => isClueTrue(clue, order)))
    .map((order) => order.map((name) => name[0]).join(''));
}

function isClueTrue(clue: string, order: readonly string[]): boolean {
  const [first, second] = [...clue.matchAll(/\b[A-Z][a-z]+\b/g)]
    .map(([name]) => order.indexOf(name) + 1)
    .filter((seat) => seat > 0) as [number, number?];
  const gap = Math.abs(first - (second ?? 0));
  if (clue.includes('to the left of')) return first < second!;
  if (clue.includes('does not sit next to')) return gap !== 1;
  if (clue.includes('sits next to')) return gap === 1;
  if (clue.includes('differ by exactly')) return gap === Number(/\d+/.exec(clue)![0]);
  if (clue.includes('either end')) return first > 1 && first < order.length;
  if (clue.includes('even seat number')) return first % 2 === 0;
  throw new Error(`A clue that nobody can read: ${clue}`);
}

function answerKnights(prompt: string): string[] {
  const names = namesIn(/^Each of (.*) is either/.exec(prompt)![1]!);
  const claims = [...prompt.matchAll(/^(\w+) says: "(.*)\."$/gm)];
  return combinations(names.map(() => [false, true]))
    .filter((kinds) => {
      const isKnight = (name: string) => kinds[names.indexOf(name)]!;
      return claims.every(
        ([, speaker, claim]) => isClaimTrue(claim!, isKnight) === isKnight(speaker!),
      );
    })
    .map((kinds) =>
      names
        .filter((_, index) => kinds[index])
        .map((name) => name[0])
        .join(''),
    );
}

function isClaimTrue(claim: string, isKnight: (name: string) => boolean): boolean {
  const match = (pattern: RegExp) => pattern.exec(claim)?.slice(1).map(isKnight);
  const single = match(/^(\w+) is a knave$/);
  if (single) return !single[0]!;
  const same = match(/^(\w+) and (\w+) are of the same kind$/);
  if (same) return same[0] === same[1];
  const one = match(/^Exactly one of (\w+) and (\w+) is a knight$/);
  if (one) return one[0] !== one[1];
  const either = match(/^(\w+) is a knight or (\w+) is a knave, or both$/);
  if (either) return either[0]! || !either[1]!;
  const both = match(/^(\w+) and (\w+) are both knights$/);
  if (both) return both[0]! && both[1]!;
  throw new Error(`A claim that nobody can read: ${claim}`);
}

function answerOperators(prompt: string): string[] {
  const [, line, target] = /^([\d _]+) = (-?\d+)$/m.exec(prompt)!;
  const [first, ...rest] = line!.split(' _ ').map(Number);
  return combinations(rest.map(() => ['A', 'S', 'M']))
    .filter((signs) => {
      const value = rest.reduce((left, right, index) => {
        if (signs[index] === 'A') return left + right;
        return signs[index] === 'S' ? left - right : left * right;
      }, first!);
      return value === Number(target);
    })
    .map((signs) => signs.join(''));
}

function namesIn(list: string): string[] {
  return list.split(/, | and /);
}

function range(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

function combinations<T>(choices: readonly (readonly T[])[]): T[][] {
  return choices.reduce<T[][]>(
    (before, values) => before.flatMap((chosen) => values.map((value) => [...chosen, value])),
    [[]],
  );
}

function permutations<T>(values: readonly T[]): T[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, index) =>
    permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]),
  );
}
