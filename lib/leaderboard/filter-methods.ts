import type { Method } from '#lib/schemas/catalogue.ts';

/** The methods in which every word occurs, of the stages that are named; no stages let all through. */
export function filterMethods(
  methods: readonly Method[],
  { q, stage }: { q: string; stage: readonly string[] },
): Method[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return methods.filter((method) => {
    const text = [method.name, method.substage, method.mechanism, method.arxiv]
      .join(' ')
      .toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (stage.length === 0 || stage.includes(method.stage ?? ''))
    );
  });
}
