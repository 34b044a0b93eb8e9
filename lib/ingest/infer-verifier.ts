import { verifiers } from '#lib/verifiers/index.ts';
import type { Verifier } from '#lib/verifiers/verifier.ts';

/** The verifier of a benchmark that names none: the first, by `suits.order`, that claims its share of the golds. */
export function inferVerifier(
  golds: readonly { gold: string; choices: readonly string[] | null }[],
): Verifier {
  const candidates = verifiers.all
    .filter((verifier) => verifier.suits !== undefined)
    .sort((a, b) => (a.suits?.order ?? 0) - (b.suits?.order ?? 0));
  const last = candidates.at(-1);
  if (last === undefined) throw new Error('No verifier offers itself for benchmarks.');
  return (
    candidates.find(({ suits }) => {
      const claimed = golds.filter(({ gold, choices }) => suits?.gold(gold, choices)).length;
      return golds.length > 0 && claimed >= (suits?.share ?? 1) * golds.length;
    }) ?? last
  );
}
