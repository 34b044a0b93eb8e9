import { findNarrowest, narrow } from '../narrowing.ts';
import { domainOf, type Domains, startDomains, variableOf, withDomain } from '../puzzle.ts';
import type { Strategy } from './strategy.ts';

export const assumption: Strategy = {
  id: 'assumption',
  label: 'Propagation with assumptions',
  description:
    'Strikes out what the rules forbid; where that decides no more it assumes a value, and takes the assumption back when it leads to a contradiction. Complete, like the search.',
  budgetsWords: [64, 128, 256, null],
  *think({ puzzle }, rng) {
    const rules = rng.shuffle(puzzle.rules);
    yield 'I strike out what the rules forbid.';
    const solution = yield* settle(startDomains(puzzle));
    if (solution === null) throw new Error('A puzzle without a solution was handed to the solver.');
    return puzzle.answer(solution.flat());

    function* settle(start: Domains): Generator<string, Domains | null, undefined> {
      const { domains, emptied } = yield* narrow(puzzle, rules, start);
      if (emptied !== null) {
        yield `That leaves nothing for ${variableOf(puzzle, emptied).name}.`;
        return null;
      }
      const index = findNarrowest(domains, rng);
      if (index === null) return domains;
      const variable = variableOf(puzzle, index);
      let taken = 0;
      for (const value of rng.shuffle(domainOf(domains, index))) {
        yield `${taken === 0 ? 'Assume' : 'Alternatively, assume'} ${variable.say(value)}.`;
        const solution = yield* settle(withDomain(domains, index, [value]));
        if (solution !== null) return solution;
        taken += 1;
        yield `Wait, that is a contradiction. So it is not true that ${variable.say(value)}.`;
      }
      return null;
    }
  },
};
