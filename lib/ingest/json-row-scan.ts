/** Limits of one JSON row; `JSON.parse` has none of its own. */
export const MAX_DEPTH = 64;
export const MAX_KEYS = 10_000;

/** What a quick look outside the strings shows. Says nothing on whether the text is valid JSON. */
export interface JsonScan {
  limit: 'depth' | 'keys' | null;
  /** Where the limit was passed, in UTF-16 units. */
  position: number;
  /** NaN, Infinity, an exponent or 16 digits stand somewhere: the numbers need a closer look. */
  hasOddNumber: boolean;
  /** Colons outside the strings. */
  keys: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** One pass that leaps over strings, so that it costs little where rows are mostly text. */
export function scanJson(text: string, maxKeys = MAX_KEYS): JsonScan {
  let depth = 0;
  let keys = 0;
  let digits = 0;
  let hasOddNumber = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) {
      digits += 1;
      if (digits >= 16) hasOddNumber = true;
      continue;
    }
    digits = 0;
    switch (code) {
      case QUOTE:
        i = endOfString(text, i + 1);
        if (i === -1) return { limit: null, position: 0, hasOddNumber, keys };
        break;
      case 0x7b: // {
      case 0x5b: // [
        depth += 1;
        if (depth > MAX_DEPTH) return { limit: 'depth', position: i, hasOddNumber, keys };
        break;
      case 0x7d: // }
      case 0x5d: // ]
        depth -= 1;
        break;
      case 0x3a: // :
        keys += 1;
        if (keys > maxKeys) return { limit: 'keys', position: i, hasOddNumber, keys };
        break;
      case 0x49: // I
      case 0x4e: // N
      case 0x45: // E, and e stands in true and false too
        hasOddNumber = true;
        break;
      case 0x65: {
        const before = text.charCodeAt(i - 1);
        if (before >= 0x30 && before <= 0x39) hasOddNumber = true;
        break;
      }
      default:
    }
  }
  return { limit: null, position: 0, hasOddNumber, keys };
}

/** The index of the closing quote, or -1. */
export function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (quote - backslashes > from && text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) {
      backslashes += 1;
    }
    if (backslashes % 2 === 0) return quote;
  }
  return -1;
}
