import type { Rng } from '#lib/rng.ts';

import {
  domainOf,
  type Domains,
  findBrokenRule,
  openVariables,
  type Puzzle,
  startDomains,
  variableOf,
  withDomain,
} from './puzzle.ts';

/** Returns the decided domains; `Wait` and `Alternatively` stand exactly where a whole branch has failed. */
export function* searchDepthFirst(puzzle: Puzzle, rng: Rng): Generator<string, Domains, undefined> {
  const start = startDomains(puzzle);
  const order = chooseOrder(puzzle, openVariables(start), rng);
  yield 'I try values in depth and go back when nothing fits.';
  const solution = yield* descend(start, 0);
  if (solution === null) throw new Error('A puzzle without a solution was handed to the search.');
  return solution;

  function* descend(domains: Domains, depth: number): Generator<string, Domains | null, undefined> {
    const index = order[depth];
    if (index === undefined) return domains;
    const variable = variableOf(puzzle, index);
    let failedBranches = 0;
    for (const value of rng.shuffle(domainOf(domains, index))) {
      const next = withDomain(domains, index, [value]);
      const broken = findBrokenRule(puzzle, next, index);
      if (broken !== null) {
        yield `If ${variable.say(value)}, ${broken.objection(next)}.`;
        continue;
      }
      yield `${failedBranches === 0 ? 'Suppose' : 'Alternatively, suppose'} ${variable.say(value)}.`;
      const solution = yield* descend(next, depth + 1);
      if (solution !== null) return solution;
      failedBranches += 1;
      yield `Wait, nothing is left for ${variableOf(puzzle, order[depth + 1] ?? index).name}. I take back that ${variable.say(value)}.`;
    }
    return null;
  }
}

/** Each unknown shares as many rules as possible with those before it, so that contradictions show early; ties by chance. */
function chooseOrder(puzzle: Puzzle, open: readonly number[], rng: Rng): number[] {
  const order: number[] = [];
  const rest = rng.shuffle(open);
  while (rest.length > 0) {
    const ties = rest.map((index) => countTies(puzzle, index, order));
    order.push(...rest.splice(ties.indexOf(Math.max(...ties)), 1));
  }
  return order;
}

function countTies(puzzle: Puzzle, index: number, settled: readonly number[]): number {
  return puzzle.rules
    .filter((rule) => rule.scope.includes(index))
    .reduce((sum, rule) => sum + rule.scope.filter((other) => settled.includes(other)).length, 0);
}
