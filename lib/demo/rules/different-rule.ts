import { domainOf, type Domains, type Rule } from '../puzzle.ts';

/** No two variables share a value. */
export function differentRule(name: string, scope: readonly number[]): Rule {
  function findRepeated(domains: Domains): number | null {
    const seen = new Set<number>();
    for (const index of scope) {
      const [value, ...others] = domainOf(domains, index);
      if (value === undefined || others.length > 0) continue;
      if (seen.has(value)) return value;
      seen.add(value);
    }
    return null;
  }

  return {
    name,
    scope,
    canHold: (domains) => findRepeated(domains) === null,
    objection: (domains) => `${name} has ${findRepeated(domains) ?? ''} twice`,
    confirmation: (domains) => {
      const values = scope.map((index) => domainOf(domains, index).join('/'));
      return `${name} has ${values.join(', ')}`;
    },
  };
}
