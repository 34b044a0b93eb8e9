/**
 * Places in the composed form of a text (NFC) as places in the text itself. Inside a stretch that composition has changed
 * a place is where the stretch begins: its characters have no places of their own.
 */
export function toOriginalStarts(text: string, starts: readonly number[]): number[] {
  const result: number[] = [];
  let original = 0;
  let normal = 0;
  let next = 0;
  for (const [stretch] of text.matchAll(STRETCH)) {
    const composed = stretch.normalize('NFC');
    const end = normal + composed.length;
    for (; next < starts.length; next += 1) {
      const start = starts[next] ?? 0;
      if (start >= end) break;
      result.push(original + (composed === stretch ? start - normal : 0));
    }
    original += stretch.length;
    normal = end;
  }
  return result;
}

/**
 * A character below U+0300 with what may combine with it. Composition never reaches across such a character, because
 * it combines with nothing before it.
 */
const STRETCH = /[\0-\u02ff][\u0300-\uffff]*|[\u0300-\uffff]+/g;
