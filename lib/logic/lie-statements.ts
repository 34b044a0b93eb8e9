/**
 * `honest` and `liar` are about one person; `same` and `different` about two; `some-honest` and `some-liar` say it of
 * at least one of two.
 */
export type ClaimKind = 'honest' | 'liar' | 'same' | 'different' | 'some-honest' | 'some-liar';

/** People are numbers from 0 to 59. */
export interface Statement {
  /** Null for what the puzzle itself states. */
  readonly speaker: number | null;
  readonly claim: ClaimKind;
  readonly of: readonly number[];
}

/** Two words of 30 bits hold a set of people. */
export const MAX_PEOPLE = 60;
const WORD = 30;
const MAX_NODES = 100_000;

export interface Solutions {
  /** How many ways there are to part honest people from liars, counted up to the limit. */
  readonly count: number;
  readonly nodes: number;
  readonly first: readonly boolean[] | null;
}

/** Whether what is claimed holds among these people, honest ones being true. */
export function holds(
  { claim, of }: Omit<Statement, 'speaker'>,
  honest: readonly boolean[],
): boolean {
  const [a = 0, b = 0] = of;
  const [first, second] = [honest[a] === true, honest[b] === true];
  switch (claim) {
    case 'honest':
      return first;
    case 'liar':
      return !first;
    case 'same':
      return first === second;
    case 'different':
      return first !== second;
    case 'some-honest':
      return first || second;
    case 'some-liar':
      return !first || !second;
  }
}

/** Whether a statement fits: honest people say what holds, liars what does not. */
export function fits(statement: Statement, honest: readonly boolean[]): boolean {
  const isMeant = statement.speaker === null || honest[statement.speaker] === true;
  return holds(statement, honest) === isMeant;
}

/**
 * Statements without "at least one" are equations over GF(2): the sum of the speaker and of those spoken about is
 * known. Elimination leaves few people open; those are tried in turn, and the other statements sort the ways out.
 */
export function solveStatements(
  people: number,
  statements: readonly Statement[],
  limit: number,
): Solutions {
  const rows = eliminate(people, statements);
  if (rows === null) return { count: 0, nodes: 0, first: null };
  // A row has no people below its own number, so that going down from the last one all others are known.
  const checks: Statement[][] = Array.from({ length: people }, () => []);
  for (const statement of statements)
    if (!isLinear(statement))
      checks[Math.min(statement.speaker ?? people, ...statement.of)]?.push(statement);
  const honest = Array.from({ length: people }, () => false);
  let count = 0;
  let nodes = 0;
  let first: readonly boolean[] | null = null;
  const visit = (at: number, low: number, high: number): void => {
    nodes += 1;
    if (at < 0) {
      count += 1;
      first ??= [...honest];
      return;
    }
    const row = rows[at];
    const known = row === undefined ? null : row.sum ^ parity((row.low & low) ^ (row.high & high));
    for (let value = known ?? 0; value <= (known ?? 1); value += 1) {
      if (count >= limit || nodes > MAX_NODES) return;
      honest[at] = value === 1;
      if (checks[at]?.every((statement) => fits(statement, honest)) === false) continue;
      visit(
        at - 1,
        at < WORD ? low | (value << at) : low,
        at < WORD ? high : high | (value << (at - WORD)),
      );
    }
  };
  visit(people - 1, 0, 0);
  return { count, nodes, first };
}

interface Row {
  readonly low: number;
  readonly high: number;
  readonly sum: number;
}

function isLinear({ claim }: Statement): boolean {
  return claim !== 'some-honest' && claim !== 'some-liar';
}

/** Rows by their lowest person; null when two equations contradict each other. */
function eliminate(
  people: number,
  statements: readonly Statement[],
): readonly (Row | undefined)[] | null {
  const rows = Array.from({ length: people }, (): Row | undefined => undefined);
  for (const statement of statements) {
    if (!isLinear(statement)) continue;
    let { low, high, sum } = toRow(statement);
    for (;;) {
      if (low === 0 && high === 0) {
        if (sum === 1) return null;
        break;
      }
      const lowest = low === 0 ? WORD + lowestBit(high) : lowestBit(low);
      const row = rows[lowest];
      if (row === undefined) {
        rows[lowest] = { low, high, sum };
        break;
      }
      low ^= row.low;
      high ^= row.high;
      sum ^= row.sum;
    }
  }
  return rows;
}

/** An honest speaker and a false claim, or the reverse, make a contradiction: speaker + claim + 1 = 0. */
function toRow({ speaker, claim, of }: Statement): Row {
  let low = 0;
  let high = 0;
  for (const person of speaker === null ? of : [speaker, ...of])
    if (person < WORD) low ^= 1 << person;
    else high ^= 1 << (person - WORD);
  // The claim itself as a sum: `liar` and `same` are those that hold when the people add up to 0.
  const isNegated = claim === 'liar' || claim === 'same';
  const sum = (speaker === null ? 1 : 0) ^ (isNegated ? 1 : 0);
  return { low, high, sum };
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** 1 for an odd number of bits. */
function parity(word: number): number {
  let rest = word ^ (word >>> 16);
  rest ^= rest >>> 8;
  rest ^= rest >>> 4;
  return (0x6996 >>> (rest & 15)) & 1;
}
