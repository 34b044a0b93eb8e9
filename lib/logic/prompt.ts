import type { Language } from './logic-task.ts';

/** A wording is written once a language and gets what the instance shows. */
export type Wording<Shown> = (shown: Shown) => string;

/** The wordings of one task; the count of each language is what the task declares as `templates`. */
export type Wordings<Shown> = Readonly<Record<Language, readonly Wording<Shown>[]>>;

export function renderWording<Shown>(
  wordings: Wordings<Shown>,
  language: Language,
  template: number,
  shown: Shown,
): string {
  const list = wordings[language];
  const wording = list[template % list.length];
  if (wording === undefined) throw new RangeError(`There is no wording for ${language}.`);
  return wording(shown).trim();
}

export function countWordings(wordings: Wordings<never>): Record<Language, number> {
  return { en: wordings.en.length, zh: wordings.zh.length };
}

/** Rows of cells as text, cells parted by blanks. */
export function gridText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => row.join(' ')).join('\n');
}
