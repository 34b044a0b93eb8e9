import { TAIL } from './announcement.ts';
import { span, trimmedSpan, type Span } from './span.ts';

/** Answers by a mark that is no box: tags, and a field of a structured output. */

/** `{"answer": …}` as structured outputs give it; the last one counts. */
export function jsonAnswer(text: string): Span | null {
  const from = Math.max(0, text.length - TAIL);
  const match = [...text.slice(from).matchAll(JSON_ANSWER)].at(-1);
  const content = match?.[1];
  if (match === undefined || content === undefined) return null;
  const start = from + match.index + match[0].length - content.length;
  const isQuoted = content.startsWith('"');
  const part = isQuoted
    ? span(text, start + 1, start + content.length - 1)
    : span(text, start, start + content.length);
  return { ...part, text: isQuoted ? part.text.replaceAll('\\\\', '\\') : part.text };
}

const JSON_ANSWER =
  /"(?:final_?)?answer"\s*:\s*("(?:[^"\\]|\\.){0,400}"|[-+\d.e]{1,60}|\[[^[\]]{0,400}\])(?=\s*[,}])/giu;

const TAG = /<(?:final[ _-]?)?answer>/giu;
const CLOSING_TAG = /<\/(?:final[ _-]?)?answer>/iu;
/** What an answer in tags may be long. */
const MAX_TAGGED = 20_000;

/** `<answer>…</answer>` as several training recipes ask for. The prompt may hold the opening tag; a missing closing tag ends with the text. */
export function lastTagged(text: string): Span | null {
  if (!/<\/?(?:final[ _-]?)?answer>/iu.test(text)) return null;
  const from = Math.max(0, text.length - MAX_TAGGED);
  const tail = text.slice(from);
  const open = [...tail.matchAll(TAG)].at(-1);
  const start = open === undefined ? 0 : open.index + open[0].length;
  const close = CLOSING_TAG.exec(tail.slice(start));
  const content = close === null ? tail.slice(start) : tail.slice(start, start + close.index);
  const line = open === undefined ? content.trimEnd().lastIndexOf('\n') + 1 : 0;
  const part = trimmedSpan(text, from + start + line, from + start + content.length);
  return part.text === '' ? null : part;
}
