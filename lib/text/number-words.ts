const UNITS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const;
const TENS = [
  'twenty',
  'thirty',
  'forty',
  'fifty',
  'sixty',
  'seventy',
  'eighty',
  'ninety',
] as const;
const SCALES: Readonly<Record<string, number>> = {
  thousand: 1_000,
  million: 1_000_000,
  billion: 1_000_000_000,
};
const MAX_WORDS = 20;

/**
 * The whole number that English words spell, such as "one thousand six hundred twenty-five"; null for anything else, so
 * that "one, two" and "one and two" are no number.
 */
export function numberFromWords(text: string): number | null {
  const words = text
    .toLowerCase()
    .split(/[\s.!-]+/u)
    .filter((word) => word !== '');
  if (words.length === 0 || words.length > MAX_WORDS) return null;
  let total = 0;
  let least = Infinity;
  /** Of the thousands that are being read; null before the first word of them. */
  let group: number | null = null;
  /** What the next word of the group has to be smaller than. */
  let room = 1000;
  for (const [index, written] of words.entries()) {
    const word = written.replace(/,$/u, '');
    const isOpen = index > 0 && room === 100;
    const isBehindScale = index > 0 && group === null;
    if (word !== written && !isBehindScale && !Object.hasOwn(SCALES, word)) return null;
    if (word === 'and') {
      if (!isOpen && !isBehindScale) return null;
      continue;
    }
    const size = sizeOf(word, words[index + 1]);
    const scale = Object.hasOwn(SCALES, word) ? SCALES[word] : undefined;
    if (size !== null) {
      if (size >= room || (size === 0 && words.length > 1)) return null;
      group = (group ?? 0) + size;
      room = size >= 20 && size % 10 === 0 ? 10 : 0;
    } else if (word === 'hundred') {
      if (group === null ? index > 0 : group >= 100) return null;
      group = (group ?? 1) * 100;
      room = 100;
    } else if (scale !== undefined) {
      if (scale >= least || (group === null && index > 0)) return null;
      total += (group ?? 1) * scale;
      least = scale;
      group = null;
      room = Math.min(1000, scale);
    } else if (word === 'dozen' && index === words.length - 1 && total === 0) {
      return (group ?? 1) * 12;
    } else return null;
  }
  const value = total + (group ?? 0);
  return Number.isSafeInteger(value) ? value : null;
}

/** Below a hundred; an article counts one of what follows. */
function sizeOf(word: string, next: string | undefined): number | null {
  const isCounting =
    next !== undefined && (next === 'hundred' || next === 'dozen' || Object.hasOwn(SCALES, next));
  if (word === 'a' && isCounting) return 1;
  const size = (UNITS as readonly string[]).indexOf(word);
  if (size !== -1) return size;
  const ten = (TENS as readonly string[]).indexOf(word);
  return ten === -1 ? null : 20 + 10 * ten;
}

/** A number in words: its sign stands in the numerator. */
export interface SpelledNumber {
  readonly top: number;
  readonly bottom: number;
  readonly isPercent: boolean;
}

const PARTS: Readonly<Record<string, number>> = {
  half: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
  fifteenth: 15,
  sixteenth: 16,
  twentieth: 20,
  hundredth: 100,
  thousandth: 1000,
};
/** The words that a number may begin with: most texts need no closer look. */
const OPENINGS: ReadonlySet<string> = new Set([
  ...UNITS,
  ...TENS,
  ...Object.keys(SCALES),
  ...['a', 'an', 'half', 'hundred', 'dozen', 'minus', 'negative'],
]);

/** The number that English words spell, with its fraction, sign or percent: "minus two and three quarters"; null for anything else. */
export function spelledNumber(text: string): SpelledNumber | null {
  const plain = text.trim().toLowerCase();
  if (!OPENINGS.has(/^[a-z]*/u.exec(plain)?.[0] ?? '')) return null;
  const unsigned = plain.replace(/^(?:minus|negative)[\s-]+/u, '');
  const sign = unsigned === plain ? 1 : -1;
  const words = unsigned.replace(/[\s-]per ?cent$/u, '').trim();
  const isPercent = words !== unsigned;
  const whole = numberFromWords(words);
  if (whole !== null) return { top: sign * whole, bottom: 1, isPercent };
  const over = words.split(/\bover\b/u).map(numberFromWords);
  if (over.length === 2 && over[0] != null && over[1] != null && over[1] !== 0)
    return { top: sign * over[0], bottom: over[1], isPercent };
  const fraction = spelledFraction(words);
  return fraction === null ? null : { ...fraction, top: sign * fraction.top, isPercent };
}

/** "three quarters", "a third", "two and a half million"; a lone "third" and "twenty third" have a place and no size. */
function spelledFraction(text: string): { top: number; bottom: number } | null {
  const words = text.split(/[\s-]+/u);
  const last = words.at(-1) ?? '';
  const times = words.length > 2 && Object.hasOwn(SCALES, last) ? (SCALES[last] ?? 1) : 1;
  if (times > 1) words.pop();
  const part = words.pop() ?? '';
  const singular = part === 'halves' ? 'half' : part.replace(/s$/u, '');
  const bottom = Object.hasOwn(PARTS, singular) ? PARTS[singular] : undefined;
  if (bottom === undefined) return null;
  const joint = words.lastIndexOf('and');
  const top = countOf(words.slice(joint + 1), part, singular);
  const whole = joint === -1 ? 0 : numberFromWords(words.slice(0, joint).join(' '));
  if (whole !== null && top !== null && (joint === -1 || top < bottom))
    return { top: (whole * bottom + top) * times, bottom };
  const all = joint === -1 ? null : countOf(words, part, singular);
  return all === null ? null : { top: all * times, bottom };
}

/** How many parts the words before them count; a single one is not in the plural. */
function countOf(words: readonly string[], part: string, singular: string): number | null {
  const count = words.join(' ');
  const isSingle = count === 'a' || count === 'an' || count === 'one';
  if (count === '') return part === 'half' ? 1 : null;
  if (isSingle !== (part === singular)) return null;
  return isSingle ? 1 : numberFromWords(count);
}
