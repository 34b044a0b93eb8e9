import { findNarrowest, narrow } from '../narrowing.ts';
import { domainOf, startDomains, variableOf, withDomain } from '../puzzle.ts';
import type { Strategy } from './strategy.ts';

export const propagation: Strategy = {
  id: 'propagation',
  label: 'Constraint propagation',
  description:
    'Strikes out what the rules forbid. Where that decides no more it settles the narrowest unknown by chance and never takes it back, so it is short, and often wrong where chance had to help.',
  budgetsWords: [64, 128, null],
  *think({ puzzle }, rng) {
    const rules = rng.shuffle(puzzle.rules);
    yield 'I strike out what the rules forbid.';
    let { domains, emptied } = yield* narrow(puzzle, rules, startDomains(puzzle));
    for (;;) {
      const index = findNarrowest(domains, rng);
      if (index === null) break;
      const value = rng.pick(domainOf(domains, index));
      domains = withDomain(domains, index, [value]);
      if (emptied !== null) continue;
      yield `The rules decide no more for now. I settle on it by chance: ${variableOf(puzzle, index).say(value)}.`;
      ({ domains, emptied } = yield* narrow(puzzle, rules, domains));
      if (emptied !== null) {
        yield `This leaves nothing for ${variableOf(puzzle, emptied).name}, and I fill in the rest by chance.`;
      }
    }
    return puzzle.answer(domains.flat());
  },
};
