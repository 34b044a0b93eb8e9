import type { Rng } from '#lib/rng.ts';

/** The four kinds, opening and closing in turn. */
export const BRACKETS = '()[]{}<>';

export function isOpening(bracket: string): boolean {
  return BRACKETS.indexOf(bracket) % 2 === 0;
}

export function closerOf(opening: string): string {
  return BRACKETS.charAt(BRACKETS.indexOf(opening) + 1);
}

/**
 * The first place, counted from 1, where the sequence goes wrong: a closing bracket that does not fit the innermost open
 * one. The length plus 1 when only openings are left over; -1 when all is balanced.
 */
export function firstErrorOf(sequence: string): number {
  const open: string[] = [];
  for (let at = 0; at < sequence.length; at += 1) {
    const bracket = sequence.charAt(at);
    if (isOpening(bracket)) open.push(bracket);
    else {
      const last = open.pop();
      if (last === undefined || closerOf(last) !== bracket) return at + 1;
    }
  }
  return open.length > 0 ? sequence.length + 1 : -1;
}

/** The closing brackets that complete a prefix; null when the prefix is already wrong. */
export function completionOf(prefix: string): string | null {
  const open: string[] = [];
  for (const bracket of prefix) {
    if (isOpening(bracket)) open.push(bracket);
    else {
      const last = open.pop();
      if (last === undefined || closerOf(last) !== bracket) return null;
    }
  }
  return open.reverse().map(closerOf).join('');
}

/**
 * A random correct prefix of `length` brackets that leaves `depth` of them open. `length` and `depth` must have the
 * same parity, and `depth` is at most `length`.
 */
export function randomPrefix(rng: Rng, length: number, depth: number, kinds: string): string {
  const open: string[] = [];
  let text = '';
  for (let at = 0; at < length; at += 1) {
    const left = length - at;
    // The walk must still reach `depth`: it can only rise or fall by one.
    const mustOpen = open.length === 0 || depth - open.length === left;
    const mustClose = open.length - depth === left;
    if (mustOpen || (!mustClose && rng.below(2) === 0)) {
      const bracket = kinds.charAt(2 * rng.below(kinds.length / 2));
      open.push(bracket);
      text += bracket;
    } else text += closerOf(open.pop() ?? '(');
  }
  return text;
}

/** A random choice of `count` kinds, opening and closing in turn. */
export function pickKinds(rng: Rng, count: number): string {
  return rng.shuffle(['()', '[]', '{}', '<>']).slice(0, count).join('');
}
