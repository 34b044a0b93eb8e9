import { createArcTask } from './arc-task.ts';

export const arcAgi2 = createArcTask({
  id: 'arc-agi-2',
  label: 'Composed grid transformation',
  description:
    'As the grid transformation, with rules that are nearly always composed of several steps.',
  levels: [
    { smallest: 3, largest: 4, rules: 1, pairs: 2 },
    { smallest: 4, largest: 5, rules: 2, pairs: 3 },
    { smallest: 5, largest: 6, rules: 2, pairs: 3 },
    { smallest: 5, largest: 8, rules: 2, pairs: 3 },
    { smallest: 7, largest: 9, rules: 2, pairs: 3 },
    { smallest: 8, largest: 12, rules: 2, pairs: 2 },
    { smallest: 5, largest: 8, rules: 3, pairs: 4 },
    { smallest: 7, largest: 10, rules: 3, pairs: 4 },
    { smallest: 10, largest: 13, rules: 3, pairs: 3 },
    { smallest: 12, largest: 15, rules: 3, pairs: 3 },
  ],
});
