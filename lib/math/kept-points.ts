const MOST_KEPT = 200;
const LONGEST_KEY = 100;

/** Seeded points follow from the letters alone: those of the usual letters are drawn once. Whoever reads them leaves them as they are. */
export function keptBySymbols<Points>(
  draw: (symbols: readonly string[]) => Points,
): (symbols: readonly string[]) => Points {
  const known = new Map<string, Points>();
  return (symbols) => {
    const [only = ''] = symbols;
    const key = symbols.length > 1 ? symbols.join('\u0000') : only;
    const found = known.get(key);
    if (found !== undefined) return found;
    const points = draw(symbols);
    if (key.length > LONGEST_KEY) return points;
    if (known.size >= MOST_KEPT) known.clear();
    known.set(key, points);
    return points;
  };
}
