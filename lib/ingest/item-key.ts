import { createHash } from 'node:crypto';

/** What names an item: the benchmark's own id, or else the question. */
export interface ItemIdentity {
  key: string | null;
  prompt: string | null;
  choices: readonly string[] | null;
}

/**
 * `q` and 128 bits of SHA-256 over the question in canonical form: NFC, every run of white space one
 * space, none at the ends; the choices follow, each after U+001F. Case and punctuation count.
 */
export function questionKey(prompt: string, choices: readonly string[] | null): string {
  const parts = [prompt, ...(choices ?? [])].map(canonicalText);
  return `q${createHash('sha256').update(parts.join('\u001f')).digest('hex').slice(0, 32)}`;
}

/**
 * Keys for the rows of one file, in file order. A question that comes again with a sample index that
 * was there before is another item with equal words: it gets `-2`, `-3` … behind its key.
 */
export function createItemKeys(): (item: ItemIdentity, sampleIndex: number) => string | null {
  const seen = new Map<string, number[]>();
  return ({ key, prompt, choices }, sampleIndex) => {
    if (key !== null) return key;
    if (prompt === null) return null;
    const question = questionKey(prompt, choices);
    const counts = seen.get(question) ?? [];
    seen.set(question, counts);
    const ordinal = (counts[sampleIndex] ?? 0) + 1;
    counts[sampleIndex] = ordinal;
    return ordinal === 1 ? question : `${question}-${ordinal}`;
  };
}

function canonicalText(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
