/** Values that are still open, one list a variable; a decided variable has a list of one. */
export type Domains = readonly (readonly number[])[];

export interface Variable {
  readonly name: string;
  /** Everything the prompt allows; one value when the prompt gives it away. */
  readonly domain: readonly number[];
  /** The value alone, as the prompt writes it: `3`, `×`. */
  show(value: number): string;
  /** The statement that the variable has this value, as a clause: `x = 3`, `Ada is a knight`. */
  say(value: number): string;
}

/** One rule of the prompt. */
export interface Rule {
  /** As a reader of the prompt would call it: `equation 2`, `row 3`. */
  readonly name: string;
  /** Indices of the variables it speaks of. */
  readonly scope: readonly number[];
  /** False only when no choice from the domains keeps the rule; exact once all of its scope is decided. */
  canHold(domains: Domains): boolean;
  /** Why `canHold` is false, as a clause. */
  objection(domains: Domains): string;
  /** What one sees when the decided values are put in, as a clause. */
  confirmation(domains: Domains): string;
}

/** What a reasoner may know: the content of the prompt in a form that programs read, and no answer. */
export interface Puzzle {
  readonly variables: readonly Variable[];
  readonly rules: readonly Rule[];
  /** The answer that these values give, right or wrong. */
  answer(values: readonly number[]): string;
}

export function startDomains(puzzle: Puzzle): Domains {
  return puzzle.variables.map((variable) => variable.domain);
}

/** Indices of the variables that the prompt leaves open. */
export function openVariables(domains: Domains): number[] {
  return domains.flatMap((domain, index) => (domain.length > 1 ? [index] : []));
}

export function withDomain(domains: Domains, index: number, domain: readonly number[]): Domains {
  return domains.map((old, position) => (position === index ? domain : old));
}

/** The first rule about a variable that can no longer hold. */
export function findBrokenRule(puzzle: Puzzle, domains: Domains, index: number): Rule | null {
  return puzzle.rules.find((rule) => rule.scope.includes(index) && !rule.canHold(domains)) ?? null;
}

export function domainOf(domains: Domains, index: number): readonly number[] {
  const domain = domains[index];
  if (domain === undefined) throw new RangeError(`There is no variable ${index}.`);
  return domain;
}

export function variableOf(puzzle: Puzzle, index: number): Variable {
  const variable = puzzle.variables[index];
  if (variable === undefined) throw new RangeError(`There is no variable ${index}.`);
  return variable;
}
