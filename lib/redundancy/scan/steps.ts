/** A step of a trace in UTF-16 units, `end` excluded, without the white space around it. */
export interface Step {
  start: number;
  end: number;
}

/** About ten tokens: a shorter step is a heading or a lone formula, and belongs to the one that follows. */
const LEAST_CHARACTERS = 40;

const MARKS = /\n[^\S\n]*\n|```|\$\$|\\\[|\\begin\{[A-Za-z]+\*?\}/gu;

/**
 * Cuts a text at its blank lines, except inside code fences and display formulas. An environment that is never closed does
 * not count as one: a cut output would otherwise be a single step.
 */
export function findSteps(text: string): Step[] {
  const steps: Step[] = [];
  const neverClosed = new Set<string>();
  let from = 0;
  MARKS.lastIndex = 0;
  for (let match = MARKS.exec(text); match !== null; match = MARKS.exec(text)) {
    const mark = match[0];
    if (mark.startsWith('\n')) {
      addStep(text, steps, { start: from, end: match.index });
      from = match.index + mark.length;
      // A third line break in a row opens another blank line.
      MARKS.lastIndex = from - 1;
      continue;
    }
    const closer = closerOf(mark);
    if (neverClosed.has(closer)) continue;
    const close = text.indexOf(closer, MARKS.lastIndex);
    if (close < 0) neverClosed.add(closer);
    else MARKS.lastIndex = close + closer.length;
  }
  addStep(text, steps, { start: from, end: text.length });
  return mergeShort(steps);
}

function closerOf(mark: string): string {
  if (mark === '\\[') return '\\]';
  return mark.startsWith('\\begin') ? mark.replace('begin', 'end') : mark;
}

function addStep(text: string, steps: Step[], { start, end }: Step): void {
  let [first, last] = [start, end];
  while (first < last && isSpace(text.charCodeAt(first))) first += 1;
  while (last > first && isSpace(text.charCodeAt(last - 1))) last -= 1;
  if (first < last) steps.push({ start: first, end: last });
}

function isSpace(code: number): boolean {
  return code <= 32 || code === 0xa0 || code === 0x2028 || code === 0x2029 || code === 0x3000;
}

function mergeShort(steps: readonly Step[]): Step[] {
  const merged: Step[] = [];
  let start: number | null = null;
  for (const step of steps) {
    start ??= step.start;
    if (step.end - start < LEAST_CHARACTERS) continue;
    merged.push({ start, end: step.end });
    start = null;
  }
  const last = steps.at(-1);
  const previous = merged.at(-1);
  if (start !== null && last !== undefined) {
    if (previous === undefined) merged.push({ start, end: last.end });
    else previous.end = last.end;
  }
  return merged;
}
