import { span, type Span } from './span.ts';

export interface ThinkSplit {
  /** Null when the text has no marker of any family. */
  readonly thinking: Span | null;
  /** What follows the thinking; empty when the thinking was never closed. */
  readonly answer: Span;
  /** False only when a thinking block was opened and not closed. */
  readonly isClosed: boolean;
  /** The family whose markers were found. */
  readonly family: string | null;
}

interface Family {
  readonly id: string;
  readonly open: readonly string[];
  readonly close: readonly string[];
}

const FAMILIES: readonly Family[] = [
  {
    id: 'channel',
    open: ['<|channel|>analysis<|message|>', '<|channel|>commentary<|message|>'],
    close: ['<|channel|>final<|message|>'],
  },
  { id: 'think', open: ['<think>'], close: ['</think>'] },
  { id: 'kimi', open: ['◁think▷'], close: ['◁/think▷'] },
  { id: 'thinking', open: ['<thinking>'], close: ['</thinking>'] },
  { id: 'thought', open: ['<thought>'], close: ['</thought>'] },
  { id: 'reasoning', open: ['<reasoning>'], close: ['</reasoning>'] },
  { id: 'reflection', open: ['<reflection>'], close: ['</reflection>'] },
  { id: 'scratchpad', open: ['<scratchpad>'], close: ['</scratchpad>'] },
  { id: 'seed', open: ['<seed:think>'], close: ['</seed:think>'] },
  { id: 'magistral', open: ['[THINK]'], close: ['[/THINK]'] },
  { id: 'begin-of-thought', open: ['<|begin_of_thought|>'], close: ['<|end_of_thought|>'] },
  { id: 'unused', open: ['<unused94>thought'], close: ['<unused95>'] },
];

/** What markers begin with: most texts hold none of these, and no family need be looked for. */
const MARKER_STARTS = [
  ...new Set(
    FAMILIES.flatMap(({ open, close }) => [...open, ...close].map((marker) => marker.charAt(0))),
  ),
];

/**
 * Parts a model output into its thinking and its answer by the markers of the known families.
 * The last closing marker decides; a closing marker alone is enough, because chat templates often hold the opening one.
 */
export function splitThinking(original: string): ThinkSplit {
  if (!MARKER_STARTS.some((start) => original.includes(start))) return withoutMarker(original);
  const text = withRegularTags(original);
  for (const family of FAMILIES) {
    const firstOpen = earliest(text, family.open);
    const lastOpen = latest(text, family.open);
    const lastClose = latest(text, family.close);
    if (lastOpen === null && lastClose === null) continue;

    const from =
      firstOpen !== null && (lastClose === null || firstOpen.start < lastClose.start)
        ? firstOpen.end
        : 0;
    if (lastClose === null || (lastOpen !== null && lastOpen.start > lastClose.start)) {
      return {
        thinking: span(text, from, text.length),
        answer: span(text, text.length, text.length),
        isClosed: false,
        family: family.id,
      };
    }
    return {
      thinking: span(text, from, lastClose.start),
      answer: span(text, lastClose.end, text.length),
      isClosed: true,
      family: family.id,
    };
  }
  return withoutMarker(text);
}

function withoutMarker(text: string): ThinkSplit {
  return { thinking: null, answer: span(text, 0, text.length), isClosed: true, family: null };
}

/** `<THINK>` and `</ think >` as the tag that is meant. Every tag keeps its length, so that all offsets stay. */
function withRegularTags(text: string): string {
  return text.replace(TAG, (tag) => {
    const slash = tag.includes('/') ? '/' : '';
    const name = tag.replace(/[<>/\s]/gu, '').toLowerCase();
    return `<${slash}${name}>`.padStart(tag.length, ' ');
  });
}

const TAG = /<\s?\/?\s?(?:think|thinking|thought|reasoning|reflection|scratchpad)\s?>/giu;

interface Marker {
  readonly start: number;
  readonly end: number;
}

function earliest(text: string, markers: readonly string[]): Marker | null {
  let found: Marker | null = null;
  for (const marker of markers) {
    const start = text.indexOf(marker);
    if (start !== -1 && (found === null || start < found.start)) {
      found = { start, end: start + marker.length };
    }
  }
  return found;
}

function latest(text: string, markers: readonly string[]): Marker | null {
  let found: Marker | null = null;
  for (const marker of markers) {
    const start = text.lastIndexOf(marker);
    if (start !== -1 && (found === null || start > found.start)) {
      found = { start, end: start + marker.length };
    }
  }
  return found;
}
