/** The end of a text that repeats one period. */
export interface SuffixLoop {
  start: number;
  /** In UTF-16 units; the last repetition may be cut. */
  period: number;
}

const LEAST_LENGTH = 200;
const LEAST_REPETITIONS = 5;
/** Periods up to a fifth of this are found: longer ones are no loop but an answer written again. */
const WINDOW = 32_768;

/**
 * The longest end of the text, of at least 200 characters, whose period fits into it at least five times. Periods come from the
 * failure function of the reversed end (Knuth, Morris and Pratt 1977): a prefix of length m has the period m − f(m).
 */
export function findSuffixLoop(text: string): SuffixLoop | null {
  const window = Math.min(text.length, WINDOW);
  if (window < LEAST_LENGTH || !hasEarlierEnd(text)) return null;
  const last = text.length - 1;
  const failure = new Int32Array(window + 1);
  let [length, period] = [0, 0];
  let k = 0;
  for (let i = 1; i < window; i += 1) {
    const code = text.charCodeAt(last - i);
    while (k > 0 && text.charCodeAt(last - k) !== code) k = failure[k] ?? 0;
    if (text.charCodeAt(last - k) === code) k += 1;
    failure[i + 1] = k;
    const candidate = i + 1 - k;
    if (i + 1 >= LEAST_LENGTH && (i + 1) / candidate >= LEAST_REPETITIONS) {
      length = i + 1;
      period = candidate;
    }
  }
  if (length === 0) return null;
  let start = text.length - length;
  while (start > 0 && text.charCodeAt(start - 1) === text.charCodeAt(start - 1 + period))
    start -= 1;
  return { start, period };
}

/**
 * A loop of five periods repeats its last 40 characters one period earlier. Nearly every text fails this, and a search for them
 * is far cheaper than the failure function.
 */
function hasEarlierEnd(text: string): boolean {
  const size = LEAST_LENGTH / LEAST_REPETITIONS;
  const tail = text.slice(-(size + WINDOW / LEAST_REPETITIONS));
  return tail.lastIndexOf(text.slice(-size), tail.length - size - 1) >= 0;
}
