export interface AnswerExcerpt {
  before: string;
  answer: string;
  after: string;
}

const BEFORE = 240;
const AFTER = 120;
const LONGEST_ANSWER = 2_000;

/** The answer with the words around it; an ellipsis stands where text was left out. */
export function excerptOf(
  text: string,
  { start, end }: { start: number; end: number },
): AnswerExcerpt {
  const from = boundary(text, Math.max(0, start - BEFORE));
  const to = boundary(text, Math.min(text.length, end + AFTER));
  const last = boundary(text, Math.min(end, start + LONGEST_ANSWER));
  return {
    before: `${from > 0 ? '…' : ''}${text.slice(from, start)}`,
    answer: `${text.slice(start, last)}${last < end ? '…' : ''}`,
    after: `${text.slice(end, to)}${to < text.length ? '…' : ''}`,
  };
}

/** Never between the halves of a surrogate pair. */
function boundary(text: string, at: number): number {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff ? at + 1 : at;
}
