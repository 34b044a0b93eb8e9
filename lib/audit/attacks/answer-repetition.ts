import type { Attack } from './attack.ts';

const WORDS = [
  'the answer',
  'final answer',
  'The final answer is',
  'Answer:',
  'answer = answer',
  'the correct answer is the answer',
];

export const answerRepetition: Attack = {
  id: 'answer-repetition',
  label: 'Answer repetition',
  origin: 'ours',
  description: 'The words that announce an answer, over and over.',
  text: (rng) => Array.from({ length: rng.between(2, 12) }, () => rng.pick(WORDS)).join(' '),
};
