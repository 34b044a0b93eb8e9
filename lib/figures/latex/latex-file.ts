import { metadataPairs, type FigureMetadata } from '../backends/metadata.ts';
import { latexComment } from './latex-text.ts';

/**
 * A file for `\input`: what it is and needs in comments, then the body. Letters that the usual fonts lack are set in fonts of
 * their own, which the author can choose; pdfLaTeX, which can not set them at all, stops with a sentence that says so.
 */
export function latexFile(
  body: readonly string[],
  { metadata, preamble }: { metadata: FigureMetadata; preamble: string },
): string {
  const text = body.join('\n');
  const fonts = FONTS.filter(({ letters }) => new RegExp(letters, 'u').test(text));
  const lines = [
    ...metadataPairs(metadata).map(([name, value]) => latexComment(`${name}: ${value}`)),
    latexComment(`Preamble: ${preamble}`),
    ...(isForPdflatex(text) ? [] : unicodeLines(fonts)),
    fonts.reduce(
      (whole, { command, letters }) =>
        whole.replaceAll(new RegExp(`(?:${letters})+`, 'gu'), (run) => `{\\${command} ${run}}`),
      text,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

interface ScriptFont {
  command: string;
  /** Of one letter, as a regular expression. */
  letters: string;
  /** Tried in this order. */
  families: readonly string[];
}

const HAN = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]`;

const FONTS: readonly ScriptFont[] = [
  {
    command: 'laconichan',
    letters: HAN,
    families: ['Noto Serif CJK SC', 'Source Han Serif SC', 'FandolSong-Regular.otf', 'Songti SC'],
  },
  {
    command: 'laconicletters',
    letters: String.raw`(?!${HAN})[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]`,
    families: ['CMU Serif', 'FreeSerif', 'Noto Serif', 'DejaVu Serif', 'Times New Roman'],
  },
];

/** What pdfLaTeX of 2022 sets with its first encoding; the others end in an error or in nothing. */
function isForPdflatex(text: string): boolean {
  return !/[^\n\x20-\x7e\u00a1-\u0233\u2010-\u2015\u2018-\u201d†‡•…‰‱€™]|[ÐÞðþĄąĐđĘęĦħĮįĸĿŀŉŊŋŦŧŲųſ\u0180-\u01c3\u01d5-\u01e1\u01e4\u01e5\u01ea-\u01ef\u01f1-\u01f3\u01f6-\u0217\u021c-\u0231]/u.test(
    text,
  );
}

function unicodeLines(fonts: readonly ScriptFont[]): string[] {
  return [
    latexComment(
      String.raw`Has letters beyond pdfLaTeX: \usepackage{fontspec}, and XeLaTeX or LuaLaTeX.`,
    ),
    ...fonts.map(({ command, families: [family = ''] }) =>
      latexComment(`Their font, if another is wanted: \\newfontfamily\\${command}{${family}}`),
    ),
    String.raw`\ifdefined\newfontfamily\else`,
    String.raw`\errmessage{This file has letters that pdfLaTeX can not set: add \string\usepackage{fontspec} and compile with XeLaTeX or LuaLaTeX}`,
    ...fonts.map(({ command }) => `\\providecommand\\${command}{}`),
    String.raw`\fi`,
    ...fonts.flatMap(({ command, families }) => [
      `\\ifdefined\\${command}\\else`,
      ...families.map(
        (family) => `\\IfFontExistsTF{${family}}{\\newfontfamily\\${command}{${family}}}{%`,
      ),
      `\\errmessage{No font for some letters of this file is here: choose one with \\string\\newfontfamily\\string\\${command}{...}}\\providecommand\\${command}{}%`,
      '}'.repeat(families.length),
      String.raw`\fi`,
    ]),
  ];
}
