import { domainOf, type Domains, type Rule } from '../puzzle.ts';

export interface LinearTerm {
  variable: number;
  factor: number;
}

/** Factors times values add up to a total. `canHold` compares bounds, as one does in the head. */
export function linearRule(name: string, terms: readonly LinearTerm[], total: number): Rule {
  function bounds(domains: Domains): { low: number; high: number } {
    let low = 0;
    let high = 0;
    for (const { variable, factor } of terms) {
      const ends = domainOf(domains, variable).map((value) => factor * value);
      low += Math.min(...ends);
      high += Math.max(...ends);
    }
    return { low, high };
  }

  return {
    name,
    scope: terms.map((term) => term.variable),
    canHold(domains) {
      const { low, high } = bounds(domains);
      return low <= total && total <= high;
    },
    objection(domains) {
      const { low, high } = bounds(domains);
      if (low === high) return `${name} gives ${low}, not ${total}`;
      if (high < total) return `${name} gives at most ${high}, under ${total}`;
      return `${name} gives at least ${low}, over ${total}`;
    },
    confirmation(domains) {
      const products = terms.map(
        ({ variable, factor }) => factor * (domainOf(domains, variable)[0] ?? 0),
      );
      const sum = products
        .filter((product) => product !== 0)
        .join(' + ')
        .replaceAll('+ -', '- ');
      return `${name} gives ${sum} = ${bounds(domains).low}`;
    },
  };
}
