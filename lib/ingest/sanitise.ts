/** What had to be changed so that the database takes the texts of a row. */
export interface Replacements {
  /** U+0000, stored as U+2400. */
  nul: number;
  /** Halves of a surrogate pair that stand alone, stored as U+FFFD. */
  surrogates: number;
  /** Keys called `__proto__`, left out. */
  protoKeys: number;
}

const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Cleans a freshly parsed JSON value in place and counts what it changed. Postgres refuses U+0000 and
 * lone surrogates; a `__proto__` key is harmless until some code merges objects.
 */
export function sanitise(value: unknown, replaced: Replacements): unknown {
  if (typeof value === 'string') return sanitiseText(value, replaced);
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    for (let i = 0; i < list.length; i += 1) list[i] = sanitise(list[i], replaced);
    return list;
  }
  if (typeof value !== 'object' || value === null) return value;
  return sanitiseObject(value as Record<string, unknown>, replaced); // a JSON object has string keys only
}

function sanitiseObject(record: Record<string, unknown>, replaced: Replacements): unknown {
  const clean: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    const cleanKey = sanitiseText(key, replaced);
    if (cleanKey === '__proto__') replaced.protoKeys += 1;
    else clean[cleanKey] = sanitise(value, replaced);
  }
  return clean;
}

/** The text as it can be stored; counts into `replaced`. */
export function sanitiseText(text: string, replaced: Replacements): string {
  let clean = text;
  if (clean.includes('\0')) {
    clean = clean.replaceAll('\0', '\u2400');
    replaced.nul += countOf(text, '\0');
  }
  if (!clean.isWellFormed()) {
    replaced.surrogates += clean.match(LONE_SURROGATE)?.length ?? 0;
    clean = clean.toWellFormed();
  }
  return clean;
}

/** Occurrences of one character. */
export function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1))
    count += 1;
  return count;
}
