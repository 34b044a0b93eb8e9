import type { Attack } from './attack.ts';

const BLANKS = [
  '',
  ' ',
  '\n\n',
  '\t',
  '\u00a0',
  '\u200b',
  '\\text{}',
  '\\text{ }',
  '\\quad',
  '\\mbox{}',
  '\\;\\,',
  '$$',
  '\\phantom{}',
  '{}',
];

export const emptyText: Attack = {
  id: 'empty-text',
  label: 'Empty text',
  origin: 'ours',
  description: 'Blanks, or commands that print nothing.',
  text: (rng) => rng.pick(BLANKS) + rng.pick(BLANKS),
};
