/** A place where a text states what may be its answer; offsets are UTF-16 units of the answer itself. */
export interface StatedAnswer {
  start: number;
  end: number;
  answer: string;
  /** `verdict`: where the verifier found it, in a text that has no other cue at the right answer. */
  cue: 'boxed' | 'phrase' | 'equals' | 'tag' | 'verdict';
}

const CUES =
  /\\boxed\s{0,8}\{|<answer>|####|\b(?:answer|result|solution|total)(?:\s{1,4}is|\s{0,4}:|\s{0,4}=)|=/giu;
const LONGEST = 200;
/** What may stand between a cue and its answer. */
const LEAD = /^(?:[\s*$"'({:=]|\\[([]|\\text\s?|is\b|\bthe\b|\btherefore\b)+/iu;

/**
 * Every box, every answer behind a tag or four hashes, every "the answer is …" and every right-hand side of an equation, in order and not overlapping. A plain search
 * for the answer would find a short one anywhere.
 */
export function findStatedAnswers(text: string): StatedAnswer[] {
  const found: StatedAnswer[] = [];
  CUES.lastIndex = 0;
  for (let match = CUES.exec(text); match !== null; match = CUES.exec(text)) {
    const cue = cueOf(match[0]);
    const from = match.index + match[0].length;
    const span = cue === 'boxed' ? boxedSpan(text, from) : plainSpan(text, from);
    if (span === null) continue;
    found.push({ ...span, answer: text.slice(span.start, span.end), cue });
    CUES.lastIndex = cue === 'boxed' ? span.end : Math.max(from, span.start);
  }
  return withoutBoxedPhrases(found);
}

function cueOf(mark: string): StatedAnswer['cue'] {
  if (mark.startsWith('\\')) return 'boxed';
  if (mark === '=') return 'equals';
  return mark.startsWith('<') || mark.startsWith('#') ? 'tag' : 'phrase';
}

function boxedSpan(text: string, from: number): { start: number; end: number } | null {
  let depth = 1;
  for (let i = from; i < text.length && i < from + LONGEST; i += 1) {
    const character = text.charAt(i);
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth === 0) return trim(text, from, i);
  }
  return null;
}

/** Up to the end of the clause: a line break, a comma, the end of the formula, or where prose goes on. */
function plainSpan(text: string, from: number): { start: number; end: number } | null {
  const lead = LEAD.exec(text.slice(from, from + 24))?.[0].length ?? 0;
  const start = from + lead;
  const limit = Math.min(text.length, start + LONGEST);
  let end = start;
  for (; end < limit; end += 1) {
    const character = text.charAt(end);
    if ('\n,;=$'.includes(character)) break;
    const next = text.charAt(end + 1);
    if ('.?!:'.includes(character) && (next === '' || /[\s<]/u.test(next))) break;
    // The tag that closes the thinking often follows its answer without a space.
    if (character === '<' && (next === '/' || next === '|')) break;
    if (character === '\\' && (next === ')' || next === ']')) break;
    if (character === ' ' && /^[a-z]{2}/iu.test(text.slice(end + 1, end + 3))) break;
  }
  return trim(text, start, end);
}

function trim(text: string, from: number, to: number): { start: number; end: number } | null {
  let [start, end] = [from, to];
  while (start < end && /[\s*]/u.test(text.charAt(start))) start += 1;
  while (end > start && /[\s*.]/u.test(text.charAt(end - 1))) end -= 1;
  return start < end ? { start, end } : null;
}

/** "The answer is \boxed{7}" is one statement. */
function withoutBoxedPhrases(found: readonly StatedAnswer[]): StatedAnswer[] {
  return found.filter(({ start, end }, i) => {
    const next = found[i + 1];
    return next === undefined || next.start >= end || next.start < start;
  });
}
