import {
  domainOf,
  findBrokenRule,
  openVariables,
  type Puzzle,
  startDomains,
  variableOf,
  withDomain,
} from '../puzzle.ts';
import type { Strategy } from './strategy.ts';

export const greedy: Strategy = {
  id: 'greedy',
  label: 'Greedy',
  description:
    'Goes through the unknowns once, those with most rules first, takes the first value that no rule forbids at that moment and never goes back.',
  budgetsWords: [null],
  *think({ puzzle }, rng) {
    let domains = startDomains(puzzle);
    const order = rng
      .shuffle(openVariables(domains))
      .sort((a, b) => countRules(puzzle, b) - countRules(puzzle, a));
    yield 'I settle one unknown after the other and keep what I have settled.';

    for (const index of order) {
      const variable = variableOf(puzzle, index);
      const values = rng.shuffle(domainOf(domains, index));
      const current = domains;
      const fitting = values.find(
        (value) => findBrokenRule(puzzle, withDomain(current, index, [value]), index) === null,
      );
      const value = fitting ?? values[0] ?? 0;
      yield fitting === undefined
        ? `Nothing fits for ${variable.name}; I go on with ${variable.say(value)} all the same.`
        : `No rule is against it: ${variable.say(value)}.`;
      domains = withDomain(domains, index, [value]);
    }
    return puzzle.answer(domains.flat());
  },
};

function countRules(puzzle: Puzzle, index: number): number {
  return puzzle.rules.filter((rule) => rule.scope.includes(index)).length;
}
