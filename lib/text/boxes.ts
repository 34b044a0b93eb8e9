import { elementAt } from './element.ts';
import { span, type Span } from './span.ts';

export interface Box {
  /** What stands inside the braces, or the token after `\boxed ` without braces. */
  readonly content: Span;
  /** Where the command itself begins and the closing brace ends. */
  readonly start: number;
  readonly end: number;
  readonly isClosed: boolean;
}

const COMMANDS = ['\\boxed', '\\fbox', '\\framebox'] as const;
/** Far beyond any honest answer; an output with more is read from its end only. */
const MAX_BOXES = 64;

/** The last boxes of a text in order, at most `MAX_BOXES`; a box inside another one is not listed. */
export function findBoxes(text: string): Box[] {
  const starts = commandStarts(text);
  const boxes: Box[] = [];
  let coveredUntil = -1;
  for (const { start, after } of starts) {
    if (start < coveredUntil) continue;
    const box = readBox(text, start, after);
    if (box === null) continue;
    boxes.push(box);
    coveredUntil = box.end;
  }
  return boxes;
}

function commandStarts(text: string): { start: number; after: number }[] {
  const starts: { start: number; after: number }[] = [];
  for (const command of COMMANDS) {
    // Looking forward is the quicker way to find that there is none.
    let index = text.includes(command) ? text.length : -1;
    for (let count = 0; count < MAX_BOXES && index >= 0; count += 1) {
      index = text.lastIndexOf(command, index - 1);
      if (index === -1) break;
      starts.push({ start: index, after: index + command.length });
      if (index === 0) break;
    }
  }
  return starts.length > 1 ? starts.sort((a, b) => a.start - b.start) : starts;
}

function readBox(text: string, start: number, after: number): Box | null {
  let index = after;
  while (index < text.length && (text[index] === ' ' || text[index] === '\n')) index += 1;
  if (text[index] !== '{') {
    if (index === after) return null;
    let end = index;
    while (end < text.length && !' \n$'.includes(elementAt(text, end))) end += 1;
    return end === index ? null : { content: span(text, index, end), start, end, isClosed: true };
  }
  const close = closingBrace(text, index);
  if (close === null) {
    const end = unclosedEnd(text, index + 1);
    return { content: span(text, index + 1, end), start, end, isClosed: false };
  }
  return { content: span(text, index + 1, close), start, end: close + 1, isClosed: true };
}

const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/** The index of the brace that closes the one at `open`; escaped braces do not count. */
export function closingBrace(text: string, open: number): number | null {
  let depth = 0;
  for (let index = open; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === BACKSLASH) index += 1;
    else if (code === OPEN) depth += 1;
    else if (code === CLOSE) {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return null;
}

/** An unclosed box ends with its line or its math environment. */
function unclosedEnd(text: string, from: number): number {
  let end = text.length;
  for (const stop of ['$', '\n\n', '\\]', '\\)']) {
    const index = text.indexOf(stop, from);
    if (index !== -1 && index < end) end = index;
  }
  return end;
}
