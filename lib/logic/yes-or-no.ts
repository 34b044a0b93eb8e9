import { finalText, lastBoxed } from './final-text.ts';

/** Answers stand near the end; a longer tail is not looked through. */
const MAX_TAIL = 20_000;

const MEANINGS: ReadonlyMap<string, boolean> = new Map([
  ...'yes,true,truth,truthful,honest,truth-teller,tells the truth,是,是的,对,真,真话,说真话,说的是真话'
    .split(',')
    .map((word) => [word, true] as const),
  ...'no,false,lie,lies,liar,untruthful,does not tell the truth,否,不,不是,不对,假,假话,谎话,说谎,说假话,不说真话,说的是假话'
    .split(',')
    .map((word) => [word, false] as const),
]);

const MARKER = /answers?(?: (?:is|are)\b| ?[:：])|答案(?:是|为| ?[:：])/giu;
const BOLD = /\*\*([^*\n]{1,4000})\*\*/gu;
const SEPARATOR = /[,，、;；|/\n]|\band\b/iu;

/** One yes or no for each part of a list; null for a part that is neither, so that "not sure" is no "no". */
export function readYesNo(list: string): (boolean | null)[] {
  const parts = list.split(SEPARATOR).map(plainPart);
  const filled = parts.filter((part) => part !== '');
  const [only] = filled;
  // Without commas the words are parted by blanks alone.
  const words =
    filled.length === 1 && only !== undefined && !MEANINGS.has(only) ? only.split(/\s+/u) : filled;
  return words.map((word) => MEANINGS.get(word) ?? null);
}

/** A part without marks, its number (`2.`) and whom it is about (`Ada: yes`). */
function plainPart(part: string): string {
  return part
    .replace(/["'`*_$“”‘’()（）[\]{}.。!！?？]/gu, ' ')
    .replace(/^[^:：]*[:：]/u, '')
    .trim()
    .replace(/^\d+\s+/u, '')
    .replace(/\s+/gu, ' ')
    .toLowerCase();
}

/**
 * The list a response settles on: on the last line that announces an answer, has a yes or no in bold or in a box, or is
 * nothing but a list. What stands behind an announcement counts up to the end of its sentence, bold text before plain.
 * Null when there is no such line.
 */
export function findYesNo(response: string): (boolean | null)[] | null {
  const whole = finalText(response);
  const text = whole.length > MAX_TAIL ? whole.slice(-MAX_TAIL) : whole;
  let end = text.length;
  while (end >= 0) {
    const start = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end).trim();
    const found = line === '' ? null : readLine(line);
    if (found !== null) return found;
    end = start - 1;
  }
  return null;
}

function readLine(line: string): (boolean | null)[] | null {
  const marker = [...line.matchAll(MARKER)].at(-1);
  const rest = marker === undefined ? line : line.slice(marker.index + marker[0].length);
  const boxed = lastBoxed(rest);
  if (boxed !== null) return someKnown(readYesNo(boxed));
  const bold = [...rest.matchAll(BOLD)].map((match) => readYesNo(match[1] ?? ''));
  const told = bold.filter((list) => list.some((answer) => answer !== null)).flat();
  if (told.length > 0) return told;
  if (marker !== undefined) return someKnown(readYesNo(rest.split(/[.。!！]/u, 1)[0] ?? ''));
  const list = readYesNo(line);
  return list.length > 0 && list.every((answer) => answer !== null) ? list : null;
}

function someKnown(list: (boolean | null)[]): (boolean | null)[] | null {
  return list.some((answer) => answer !== null) ? list : null;
}

const PUBLISHED = /yes|true|truth|no|false|lie|[是否真假]/gu;
const PUBLISHED_YES = new Set(['yes', 'true', 'truth', '是', '真']);
const PUBLISHED_BOLD = /\*\*([^*]+)\*\*/gu;
const PUBLISHED_MARKERS = ['answer is', '答案是'];
const PUBLISHED_RUN = /(?:yes|no|是|否)(?:[\s,，、]+(?:yes|no|是|否))*/giu;

/**
 * What the published verifier takes: the bold text of the last line, else what follows the last "answer is", else the
 * last run of yes and no. Its words are looked for inside others: "not sure" holds a no, 不是 a yes.
 */
export function publishedYesNo(response: string): boolean[] {
  const text = response.trim();
  const line = text.slice(text.lastIndexOf('\n') + 1);
  const bold = [...line.matchAll(PUBLISHED_BOLD)].at(-1);
  if (bold?.[1] !== undefined) return publishedTokens(bold[1]);
  const lower = text.toLowerCase();
  const after = Math.max(
    ...PUBLISHED_MARKERS.map((marker) => {
      const at = lower.lastIndexOf(marker);
      return at === -1 ? -1 : at + marker.length;
    }),
  );
  if (after !== -1) return publishedTokens(lower.slice(after).split(/[.。\n]/u, 1)[0] ?? '');
  return publishedTokens([...text.matchAll(PUBLISHED_RUN)].at(-1)?.[0] ?? '');
}

export function publishedTokens(text: string): boolean[] {
  return (text.toLowerCase().match(PUBLISHED) ?? []).map((word) => PUBLISHED_YES.has(word));
}
