/**
 * Answers are judged by what a reader sees, not by how it is encoded: characters that are not seen do not count, digits of
 * every script are digits, and every hyphen and minus sign is one.
 */
export interface VisibleText {
  readonly text: string;
  /** Where what stands at an index of `text` stands in the source, both in UTF-16 units. */
  readonly sourceAt: (index: number) => number;
}

/** Signs with a stroke; what is not seen; hyphens and signs; digits of any script; full-width letters and signs, but the punctuation of prose. */
const CHANGED =
  /[=<>≤≥∈∋∣∥∼≃≅≈≡⊂⊃⊆⊇]\u0338|(?![0-9])[\p{DI}\p{Nd}˗‐‑‒⁃➖﹣―﹘٪٫٬＄％＊＋－．／＜＝＞＾ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ]/gu;
/** The minus sign and the long dashes, which prose has too, are read as what they are. */
const OTHERS: Readonly<Record<string, string>> = {
  '˗': '-',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '⁃': '-',
  '➖': '-',
  '﹣': '-',
  '―': '—',
  '﹘': '—',
  '٪': '%',
  '٫': '.',
  '٬': ',',
};
/** Strings without such a character are kept by the engine in one byte a character, and known at once. */
const BEYOND_LATIN = /[\u0100-\uffff]/;

/** Null where there is nothing to change. */
export function visibleText(source: string): VisibleText | null {
  if (!BEYOND_LATIN.test(source) && !source.includes('\u00ad')) return null;
  const cuts: { at: number; removed: number }[] = [];
  let removed = 0;
  const text = source.replace(CHANGED, (found, index: number) => {
    const seen = seenAs(found);
    if (seen.length < found.length) {
      removed += found.length - seen.length;
      cuts.push({ at: index + found.length - removed, removed });
    }
    return seen;
  });
  if (text === source) return null;
  return { text, sourceAt: (index) => index + (lastCut(cuts, index)?.removed ?? 0) };
}

/** The same for a text whose places nobody asks for. */
export function asSeen(source: string): string {
  return visibleText(source)?.text ?? source;
}

function lastCut<Cut extends { at: number }>(cuts: readonly Cut[], index: number): Cut | undefined {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle]?.at ?? Infinity) <= index) low = middle + 1;
    else high = middle;
  }
  return cuts[low - 1];
}

const IS_INVISIBLE = /^\p{DI}$/u;

function seenAs(char: string): string {
  if (char.endsWith('\u0338')) return char.normalize('NFC');
  if (IS_INVISIBLE.test(char)) return '';
  const other = OTHERS[char];
  if (other !== undefined) return other;
  const code = char.codePointAt(0) ?? 0;
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : digitOf(code);
}

/** The ten digits of a script stand in a row, and rows of mathematical styles behind each other. */
function digitOf(code: number): string {
  let first = code;
  while (code - first < MAX_ROW && IS_DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

const IS_DIGIT = /^\p{Nd}$/u;
/** The five mathematical styles. */
const MAX_ROW = 50;

const OVERRIDE = '\u202e';
const TURNED = /[\u061c\u200f\u202b\u2067]/u;
const FROM_RIGHT =
  /(?=\p{L})[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Whether control characters show a text in another order than it is stored in: "24" behind U+202E is seen as 42. In
 * texts of scripts that are written from the right, only an override does.
 */
export function isTurned(source: string): boolean {
  if (!BEYOND_LATIN.test(source)) return false;
  return source.includes(OVERRIDE) || (TURNED.test(source) && !FROM_RIGHT.test(source));
}

/** Marks on digits and signs make other signs of them: struck, dotted, boxed. Controls and unknown characters show as anything. */
const MARKED = /(?:^|[\p{N}+\-−–—×÷<>=√∞/^%!)\]}])[\p{Mn}\p{Me}]/u;
/** A line over digits behind a point says that they recur. */
const RECURRING = /(\.\d{0,20})(?:\d\u0305){1,20}/gu;
/** Lines and slashes through what stands before them. */
const STRUCK = /[\u0334\u0335\u0336\u0337\u0338\u20d2\u20d3\u20e5\u20e6\u20ea\u20eb]/u;
const UNKNOWN = /[\p{Co}\p{Cs}\ufffd]|(?!\s)\p{Cc}/u;
/** Signs in front of a number that look like a minus and are none. */
const SIGN = /(?:^|[\s$({[=:])[¯ˉー─━⎯⸺⸻一⁻₋](?=[\d.])/u;
const SIGN_BEFORE = /[¯ˉー─━⎯⸺⸻一⁻₋]$/u;

/** Whether nobody can tell for certain what a part of a text shows. */
export function isIllegible(source: string, start: number, end: number): boolean {
  if (isPlain(source, start - 1, end + 1)) return false;
  const text = source.slice(start, end).normalize('NFC').replace(RECURRING, '$1');
  return (
    MARKED.test(text) ||
    STRUCK.test(text) ||
    // A backspace is what a string literal has left of `\\binom`.
    UNKNOWN.test(text.replaceAll('\b', '')) ||
    SIGN.test(text) ||
    SIGN_BEFORE.test(source.slice(Math.max(0, start - 1), start)) ||
    /^[\p{M}\p{Co}\p{Cs}]/u.test(source.slice(end, end + 1))
  );
}

function isPlain(source: string, start: number, end: number): boolean {
  for (let index = Math.max(0, start); index < Math.min(end, source.length); index += 1) {
    const code = source.charCodeAt(index);
    if (code > 0x7e || (code < 0x20 && code !== 10)) return false;
  }
  return true;
}
