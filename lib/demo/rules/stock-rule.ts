import { domainOf, type Domains, type Rule } from '../puzzle.ts';

/** Every value of a list is used once for each time that it stands there. */
export function stockRule(name: string, scope: readonly number[], stock: readonly number[]): Rule {
  const copies = new Map<number, number>();
  for (const value of stock) copies.set(value, (copies.get(value) ?? 0) + 1);

  function findOverdrawn(domains: Domains): number | null {
    const used = new Map<number, number>();
    for (const index of scope) {
      const [value, ...others] = domainOf(domains, index);
      if (value === undefined || others.length > 0) continue;
      const count = (used.get(value) ?? 0) + 1;
      if (count > (copies.get(value) ?? 0)) return value;
      used.set(value, count);
    }
    return null;
  }

  return {
    name,
    scope,
    canHold: (domains) => findOverdrawn(domains) === null,
    objection: (domains) => `${name} has no further ${findOverdrawn(domains) ?? ''}`,
    confirmation: (domains) =>
      `${name} is used up by ${scope.map((index) => domainOf(domains, index).join('/')).join(', ')}`,
  };
}
