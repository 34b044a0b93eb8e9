import { elementAt } from './element.ts';
import { findMathSpans } from './math-spans.ts';
import { isSentenceEnd } from './sentences.ts';
import { trimmedSpan, type Span } from './span.ts';

/** Long enough for any final remark; announcements further back are not the end of the text. */
export const TAIL = 4000;

const ANNOUNCEMENT =
  /(?:final answers?|(?<!\bno )\banswers?|solution set|答案|最终答案|réponse|respuesta|resposta|risposta|antwort|\bergebnis|ответ|jawaban|答え|정답|odpowiedź|cevap|antwoord|đáp án|الإجابة|الجواب|उत्तर|απάντηση|відповідь|odpověď|válasz|\bsvar(?:et)?|vastaus|răspuns|คำตอบ|תשובה)(?: finale?| définitive| definitiva)?(?:\*\*)?(?: (?:to [^.\n]{0,60}|is|are|would be|should be|must be))?\s*(?:\*\*\s*)?(?:[:：=是为為は은]|là\b|adalah\b|är\b|هي|هو|\bis\b|\bare\b|es\b|est\b|ist\b|lautet\b|[éè](?=\s))|####|(?:^|\n)[ \t*#]{0,8}(?:final )?answer[ \t*]{0,8}\n|\banswer(?=\s*\$|\s*\\[([])/giu;
/** Announcements without content are passed over, but not for ever. */
const MAX_ANNOUNCEMENTS = 8;

/** What the last announcement behind a place announces; null where there is none. */
export function lastAnnouncement(text: string, from: number): Span | null {
  const starts = Array.from(
    text.slice(from).matchAll(ANNOUNCEMENT),
    (match) => from + match.index + match[0].length,
  );
  for (const start of starts.slice(-MAX_ANNOUNCEMENTS).reverse()) {
    const content = sentenceAt(text, start);
    if (content.text !== '' && !isSupposed(text, start)) return content;
  }
  return null;
}

const SUPPOSED =
  /\b(?:if|whether|suppose|assum(?:e|ing)|unless|each|every|per|incorrect|wrong|unanswered) (?:that )?(?:the |my |your )?(?:final |correct )?answers?(?: is| are|:)?\s*$/iu;

/** "If the answer is 42" and "each wrong answer is worth 2 points" announce nothing. */
function isSupposed(text: string, start: number): boolean {
  return SUPPOSED.test(text.slice(Math.max(0, start - 60), start));
}

/** From `start` to the end of the sentence or line; a formula that begins there is kept whole. */
function sentenceAt(text: string, start: number): Span {
  let index = start;
  while (index < text.length && /[\s*:：=]/u.test(elementAt(text, index))) index += 1;
  const fence = /^```\w{0,12}\n\s*/u.exec(text.slice(index, index + 40))?.[0] ?? '';
  index += fence.length;
  const begin = index;
  const formulas = findMathSpans(text.slice(begin, begin + TAIL));
  let formula = 0;
  while (index < text.length) {
    while (formula < formulas.length && begin + elementAt(formulas, formula).end <= index)
      formula += 1;
    const next = formulas[formula];
    if (next !== undefined && index === begin + next.start) {
      index = begin + next.end;
      continue;
    }
    if (isSentenceEnd(text, index)) break;
    if (text[index] === '<' && text[index + 1] === '|') break;
    index += 1;
  }
  return trimmedSpan(text, begin, index);
}
