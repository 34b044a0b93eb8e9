import { domainOf, type Domains, type Rule } from '../puzzle.ts';

export interface Relation {
  name: string;
  scope: readonly number[];
  /** The rule in the words of the prompt, without its full stop. */
  text: string;
  /** Over the values of the scope, in its order. */
  holds: (values: readonly number[]) => boolean;
}

/** A rule given by a test over a few variables; `canHold` tries every combination that is left. */
export function relationRule({ name, scope, text, holds }: Relation): Rule {
  function isPossible(domains: Domains, chosen: readonly number[]): boolean {
    const index = scope[chosen.length];
    if (index === undefined) return holds(chosen);
    return domainOf(domains, index).some((value) => isPossible(domains, [...chosen, value]));
  }

  return {
    name,
    scope,
    canHold: (domains) => isPossible(domains, []),
    objection: () => `${name} fails`,
    confirmation: () => `${name} ("${text}") fits`,
  };
}
