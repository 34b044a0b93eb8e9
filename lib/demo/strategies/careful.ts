import { searchDepthFirst } from '../depth-first.ts';
import type { Strategy } from './strategy.ts';

export const careful: Strategy = {
  id: 'careful',
  label: 'Search and recheck',
  description:
    'The depth-first search, followed by a check of its result against every rule before it answers.',
  budgetsWords: [256, 512, null],
  *think({ puzzle }, rng) {
    const domains = yield* searchDepthFirst(puzzle, rng);
    yield 'Let me recheck this against every rule.';
    for (const rule of puzzle.rules) {
      if (!rule.canHold(domains)) throw new Error(`The search broke a rule: ${rule.name}.`);
      yield `I see that ${rule.confirmation(domains)}.`;
    }
    yield 'Every rule is kept.';
    return puzzle.answer(domains.flat());
  },
};
