import { listWords } from '#lib/list-words.ts';
import type { Rng } from '#lib/rng.ts';

import {
  domainOf,
  type Domains,
  openVariables,
  type Puzzle,
  type Rule,
  variableOf,
  withDomain,
} from './puzzle.ts';

/** The domains that are left, and the variable for which nothing is left when the values contradict a rule. */
export interface Narrowed {
  domains: Domains;
  emptied: number | null;
}

/** Strikes out, rule by rule, every value that its rule forbids, until nothing changes any more. */
export function* narrow(
  puzzle: Puzzle,
  rules: readonly Rule[],
  start: Domains,
): Generator<string, Narrowed, undefined> {
  let domains = start;
  let isChanged: boolean;
  do {
    isChanged = false;
    for (const rule of rules) {
      for (const index of rule.scope) {
        const before = domainOf(domains, index);
        const current = domains;
        const left = before.filter((value) => rule.canHold(withDomain(current, index, [value])));
        if (left.length === before.length) continue;
        if (left.length === 0) return { domains, emptied: index };
        domains = withDomain(domains, index, left);
        isChanged = true;
        yield describeStrike(puzzle, rule, { index, before, left });
      }
    }
  } while (isChanged);
  return { domains, emptied: null };
}

/** An open variable with the fewest values left, ties by chance; null when all are decided. */
export function findNarrowest(domains: Domains, rng: Rng): number | null {
  const open = rng.shuffle(openVariables(domains));
  const sizeOf = (index: number) => domainOf(domains, index).length;
  return open.reduce<number | null>(
    (best, index) => (best === null || sizeOf(index) < sizeOf(best) ? index : best),
    null,
  );
}

interface Strike {
  index: number;
  before: readonly number[];
  left: readonly number[];
}

function describeStrike(puzzle: Puzzle, rule: Rule, { index, before, left }: Strike): string {
  const variable = variableOf(puzzle, index);
  const [only, ...others] = left;
  if (only !== undefined && others.length === 0) return `By ${rule.name}, ${variable.say(only)}.`;
  const struck = before
    .filter((value) => !left.includes(value))
    .map((value) => variable.show(value));
  return `By ${rule.name}, ${variable.name} can not be ${listWords(struck, 'or')}.`;
}
