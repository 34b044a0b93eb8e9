/** Each model by what tells it from the others: without the words that all of them begin with. */
export function shortModels(models: readonly string[]): ReadonlyMap<string, string> {
  const distinct = [...new Set(models)];
  const first = (distinct[0] ?? '').split(/(?<=[-/: ])/);
  let shared = 0;
  if (distinct.length > 1) {
    while (
      shared < first.length - 1 &&
      distinct.every((model) => model.startsWith(first.slice(0, shared + 1).join('')))
    ) {
      shared += 1;
    }
  }
  const start = first.slice(0, shared).join('').length;
  return new Map(distinct.map((model) => [model, model.slice(start) || model]));
}
