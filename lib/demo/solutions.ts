import {
  domainOf,
  type Domains,
  findBrokenRule,
  openVariables,
  type Puzzle,
  startDomains,
  withDomain,
} from './puzzle.ts';

/**
 * All solutions up to a limit, by silent exhaustive search over the variable with the fewest values left.
 * Drafts use it to keep only puzzles with one answer; reasoners have no part in it.
 */
export function listSolutions(puzzle: Puzzle, limit: number): number[][] {
  const found: number[][] = [];
  descend(startDomains(puzzle));
  return found;

  function descend(domains: Domains): void {
    const [index] = openVariables(domains).sort(
      (a, b) => domainOf(domains, a).length - domainOf(domains, b).length,
    );
    if (index === undefined) {
      if (puzzle.rules.every((rule) => rule.canHold(domains))) found.push(domains.flat());
      return;
    }
    for (const value of domainOf(domains, index)) {
      const next = withDomain(domains, index, [value]);
      if (findBrokenRule(puzzle, next, index) === null) descend(next);
      if (found.length >= limit) return;
    }
  }
}
