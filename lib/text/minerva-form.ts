const DROPPED = [
  'square',
  'ways',
  'integers',
  'dollars',
  'mph',
  'inches',
  'hours',
  'km',
  'units',
  '\\ldots',
  'sue',
  'points',
  'feet',
  'minutes',
  'digits',
  'cents',
  'degrees',
  'cm',
  'gm',
  'pounds',
  'meters',
  'meals',
  'edges',
  'students',
  'childrentickets',
  'multiples',
  '\\text{s}',
  '\\text{.}',
  '\\text{\ns}',
  '\\text{}^2',
  '\\text{}^3',
  '\\text{\n}',
  '\\text{}',
  '\\mathrm{th}',
  '^\\circ',
  '^{\\circ}',
  '\\;',
  ',\\!',
  '{,}',
  '"',
  '\\dots',
] as const;

/**
 * The final-answer normalisation of Minerva (Lewkowycz et al. 2022, "Solving Quantitative Reasoning Problems with Language
 * Models", appendix D.1), as DAPO's reward uses it.
 */
export function toMinervaForm(answer: string): string {
  let text = answer.split('=').at(-1) ?? '';
  text = text
    .replaceAll('an ', '')
    .replaceAll('a ', '')
    .replaceAll('.$', '$')
    .replaceAll('\\$', '')
    .replaceAll('\\ ', '')
    .replaceAll(' ', '')
    .replaceAll('mbox', 'text')
    .replaceAll(',\\text{and}', ',')
    .replaceAll('\\text{and}', ',')
    .replaceAll('\\text{m}', '\\text{}');
  for (const part of DROPPED) text = text.replaceAll(part, '');
  text = /\$([^$]+)\$/u.exec(text)?.[1] ?? text;
  text = text
    .replace(/\\(?:text|textbf|overline)\{([^{}]*)\}/gu, '$1')
    .replace(/\\boxed\{([^{}]*)\}/gu, '$1');
  text = text
    .replace(/frac([^{])(.)/gu, 'frac{$1}{$2}')
    .replace(/sqrt([^{])/gu, 'sqrt{$1}')
    .replaceAll('$', '');
  return /^\d+(?:,\d+)+$/u.test(text) ? text.replaceAll(',', '') : text;
}
