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
const SCALES = { thousand: 1_000, million: 1_000_000, billion: 1_000_000_000 } as const;

/** The whole number that English words spell, such as "one thousand six hundred twenty-five"; null for anything else. */
export function numberFromWords(text: string): number | null {
  const words = text
    .toLowerCase()
    .split(/[\s.,!-]+/u)
    .filter((word) => word !== '' && word !== 'and');
  if (words.length === 0 || words.length > 20) return null;
  let total = 0;
  let group: number | null = null;
  for (const word of words) {
    const size = (UNITS as readonly string[]).indexOf(word);
    const ten = (TENS as readonly string[]).indexOf(word);
    if (size !== -1) group = (group ?? 0) + size;
    else if (ten !== -1) group = (group ?? 0) + 20 + 10 * ten;
    else if (word === 'hundred') group = (group ?? 1) * 100;
    else if (Object.hasOwn(SCALES, word)) {
      total += (group ?? 1) * SCALES[word as keyof typeof SCALES];
      group = null;
    } else return null;
  }
  const value = total + (group ?? 0);
  return Number.isSafeInteger(value) ? value : null;
}
