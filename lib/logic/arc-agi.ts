import { createArcTask } from './arc-task.ts';

export const arcAgi = createArcTask({
  id: 'arc-agi',
  label: 'Grid transformation',
  description:
    'The rule behind pairs of grids is found and applied to one more; no one or two rules of the library explain the pairs otherwise.',
  levels: [
    { smallest: 3, largest: 3, rules: 1, pairs: 3 },
    { smallest: 3, largest: 4, rules: 1, pairs: 3 },
    { smallest: 4, largest: 5, rules: 1, pairs: 3 },
    { smallest: 5, largest: 7, rules: 1, pairs: 3 },
    { smallest: 5, largest: 8, rules: 2, pairs: 3 },
    { smallest: 6, largest: 10, rules: 2, pairs: 3 },
    { smallest: 8, largest: 12, rules: 2, pairs: 3 },
    { smallest: 10, largest: 14, rules: 2, pairs: 3 },
    { smallest: 10, largest: 15, rules: 3, pairs: 4 },
    { smallest: 10, largest: 15, rules: 3, pairs: 3 },
  ],
});
