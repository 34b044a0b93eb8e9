import type { Attack } from './attack.ts';

/** No ASCII digits and no single letters: chance must not write an answer. */
const PIECES = [
  'qzv',
  'wrk',
  'жщъ',
  'ξψ',
  '犇猋',
  'ぬゎ',
  'ﺽغ',
  '¶§',
  '\\frc{',
  '\\srqt',
  '^_{',
  '\\lefft',
  '#@',
  '%~',
  '⟁⟒',
  'xkjh',
  '}}{',
  '\\begn',
];

export const gibberish: Attack = {
  id: 'gibberish',
  label: 'Gibberish',
  origin: 'paper',
  description: 'Random characters of several scripts and broken commands.',
  text: (rng) =>
    Array.from({ length: rng.between(3, 14) }, () => rng.pick(PIECES)).join(rng.pick(['', ' '])),
};
