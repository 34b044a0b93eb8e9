/** Bytes as a string with one character (U+0000 to U+00FF) a byte: a key that a Map can hold. */
export type ByteText = string;

const encoder = new TextEncoder();

/** One argument a byte: longer lists overflow the stack. */
const CHARACTERS_AT_ONCE = 8192;

/** UTF-8 of the text; a lone surrogate becomes U+FFFD, as every tokenizer in JavaScript does. */
export function toByteText(text: string): ByteText {
  return isAscii(text) ? text : bytesToByteText(encoder.encode(text));
}

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

export function bytesToByteText(bytes: Uint8Array): ByteText {
  let result = '';
  for (let from = 0; from < bytes.length; from += CHARACTERS_AT_ONCE) {
    result += String.fromCharCode(...bytes.subarray(from, from + CHARACTERS_AT_ONCE));
  }
  return result;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
