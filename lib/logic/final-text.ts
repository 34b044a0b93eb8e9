/**
 * Where the final answer of a response stands: after the last closed thinking block; there inside the last
 * `<answer>` element when there is one. An answer element inside the thinking counts only when nothing follows it.
 * Full-width characters, which Chinese writing has for digits, brackets and commas, and curly quotes read as plain ones.
 */
export function finalText(response: string): string {
  const text = finalPart(response);
  if (!WIDE.test(text)) return text;
  return (
    text.slice(0, -MAX_FOLDED) +
    text
      .slice(-MAX_FOLDED)
      .replace(/[\uff01-\uff5e]/gu, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
      .replace(/[“”]/gu, '"')
      .replace(/[‘’]/gu, "'")
  );
}

/** Answers stand at the end; in longer texts only the end is rewritten. */
const MAX_FOLDED = 100_000;
const WIDE = /[\uff01-\uff5e“”‘’]/u;

function finalPart(response: string): string {
  const close = response.lastIndexOf('</think>');
  if (close === -1) return lastElement(response) ?? response;
  const after = response.slice(close + 8);
  const element = lastElement(after);
  if (element !== null) return element;
  return after.trim() === '' ? (lastElement(response) ?? after) : after;
}

/** The content of the last `<answer>`; up to the end when it is not closed. */
function lastElement(text: string): string | null {
  const open = text.lastIndexOf('<answer>');
  if (open === -1) return null;
  const close = text.indexOf('</answer>', open + 8);
  return text.slice(open + 8, close === -1 ? text.length : close);
}

/** The content of the last fenced block without its language tag; an unclosed fence ends with the text. */
export function lastFence(text: string): string | null {
  const close = text.lastIndexOf('```');
  if (close === -1) return null;
  // An odd number of marks means that the last one opens a block.
  let marks = 0;
  let before = -1;
  for (let at = text.indexOf('```'); at !== -1; at = text.indexOf('```', at + 3)) {
    marks += 1;
    if (at < close) before = at;
  }
  const body =
    marks % 2 === 1 ? text.slice(close + 3) : before === -1 ? '' : text.slice(before + 3, close);
  return withoutLanguageTag(body);
}

/** Names that stand after the opening marks of a block; others would be part of an answer. */
const TAG =
  /^(?:python3?|py|json|text|txt|plaintext|plain|javascript|js|markdown|md|latex|tex|csv|yaml|none)(?=\s|$)/iu;

export function withoutLanguageTag(body: string): string {
  return body.replace(TAG, '');
}

const MAX_BOXES = 64;

/** The content of the last `\boxed{…}` whose braces close, without `\text{}`, dollars and a final dot; null when there is none. */
export function lastBoxed(text: string): string | null {
  let from = text.length;
  for (let tries = 0; tries < MAX_BOXES; tries += 1) {
    const at = from < 0 ? -1 : text.lastIndexOf('\\boxed', from);
    if (at === -1) return null;
    from = at - 1;
    let open = at + 6;
    while (text[open] === ' ') open += 1;
    if (text[open] !== '{') continue;
    const close = closingBrace(text, open);
    if (close !== -1) return plainBox(text.slice(open + 1, close));
  }
  return null;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 123) depth += 1;
    else if (code === 125) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/** What a box says once its typesetting is taken off. */
export function plainBox(content: string): string {
  return content
    .slice(0, 20_000)
    .replace(/\\(?:text|textbf|mathrm|mathbf|mathsf|texttt|mathtt|operatorname)\s?\{/gu, '{')
    .replace(/\\(?:left|right|quad|[ ,;:!])/gu, ' ')
    .replace(/\\([{}$%_&#])/gu, '$1')
    .replace(/[{}$]/gu, '')
    .trim()
    .replace(/[.。]$/u, '')
    .trim();
}
