import { startDomains } from '../puzzle.ts';
import type { Strategy } from './strategy.ts';

export const guess: Strategy = {
  id: 'guess',
  label: 'Guess',
  description: 'Gives every unknown a random value that the prompt allows and looks at no rule.',
  budgetsWords: [null],
  *think({ puzzle }, rng) {
    const values = startDomains(puzzle).map((domain) => rng.pick(domain));
    yield 'I do not work this out and pick every unknown at random.';
    return puzzle.answer(values);
  },
};
