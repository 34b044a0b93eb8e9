const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\ensuremath{<}',
  '>': '\\ensuremath{>}',
  '|': '\\ensuremath{|}',
  '"': "''",
  '`': '\\textasciigrave{}',
  '−': '\\ensuremath{-}',
  '≠': '\\ensuremath{\\ne}',
  '≈': '\\ensuremath{\\approx}',
  '∞': '\\ensuremath{\\infty}',
  '∈': '\\ensuremath{\\in}',
  '√': '\\ensuremath{\\surd}',
  '′': "\\ensuremath{'}",
  '«': '\\ensuremath{\\ll}',
  '»': '\\ensuremath{\\gg}',
  '≤': '\\ensuremath{\\le}',
  '≥': '\\ensuremath{\\ge}',
  '×': '\\ensuremath{\\times}',
  '±': '\\ensuremath{\\pm}',
  '÷': '\\ensuremath{\\div}',
  '·': '\\ensuremath{\\cdot}',
  '→': '\\ensuremath{\\to}',
  '←': '\\ensuremath{\\leftarrow}',
  '…': '\\ldots{}',
  '–': '--',
  '—': '---',
  '‘': '`',
  '’': "'",
  '“': '``',
  '”': "''",
  '\u00a0': '~',
};

const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho varsigma sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );

/** Capitals that no Latin letter looks like. */
const GREEK_CAPITALS = new Map([
  ['Γ', 'Gamma'],
  ['Δ', 'Delta'],
  ['Θ', 'Theta'],
  ['Λ', 'Lambda'],
  ['Ξ', 'Xi'],
  ['Π', 'Pi'],
  ['Σ', 'Sigma'],
  ['Φ', 'Phi'],
  ['Ψ', 'Psi'],
  ['Ω', 'Omega'],
]);

/** A text as LaTeX prints it letter by letter; nothing in it is a command. */
export function latexText(text: string): string {
  let escaped = '';
  let previous = '';
  for (const character of text.replaceAll(/\s+/g, ' ')) {
    // Two hyphens would become a dash.
    if (character === '-' && previous === '-') escaped += '{}';
    escaped += SPECIAL[character] ?? greek(character) ?? withoutControl(character);
    previous = character;
  }
  return escaped;
}

function greek(character: string): string | null {
  const name = GREEK_CAPITALS.get(character) ?? GREEK[(character.codePointAt(0) ?? 0) - 0x3b1];
  if (name === undefined) return null;
  return name === 'o' ? 'o' : `\\ensuremath{\\${name}}`;
}

function withoutControl(character: string): string {
  return /[\p{Cc}\p{Cs}]/u.test(character) ? '' : character;
}

/** A comment of one line: a line break inside would end it. */
export function latexComment(text: string): string {
  return `% ${text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}`;
}
