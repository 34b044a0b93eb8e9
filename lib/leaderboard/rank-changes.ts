/** What one verifier accepts of a run. */
export interface GradedShare {
  readonly verifier: string;
  readonly role: 'own' | 'strictest' | 'lenient' | 'other';
  readonly attempts: number;
  readonly accepted: number;
}

export interface GradedRunShares {
  readonly runId: string;
  readonly name: string;
  readonly shares: readonly GradedShare[];
}

/** A column of the bump chart. */
export interface RankedGrading {
  readonly id: string;
  readonly label: string;
}

export interface RankedRun {
  readonly runId: string;
  readonly name: string;
  /** Per column: the rank from 1 (equal shares share the best), and the share; null where it was not graded. */
  readonly places: readonly ({ readonly rank: number; readonly share: number } | null)[];
}

export interface RankChanges {
  readonly columns: readonly RankedGrading[];
  readonly runs: readonly RankedRun[];
  /** Pairs of runs whose order differs between some two columns, of all pairs. */
  readonly reversedPairs: number;
  readonly pairs: number;
}

/** The ranks of runs by accuracy under each grading; runs in the order of the first column. */
export function rankChanges(runs: readonly GradedRunShares[]): RankChanges {
  const columns = columnsOf(runs);
  const shares = runs.map((run) => columns.map(({ id }) => shareOf(run, id)));
  const ranks = columns.map((_, column) => rankColumn(shares.map((row) => row[column] ?? null)));
  const ranked = runs.map((run, row): RankedRun => ({
    runId: run.runId,
    name: run.name,
    places: columns.map((_, column) => {
      const share = shares[row]?.[column] ?? null;
      const rank = ranks[column]?.[row] ?? null;
      return share === null || rank === null ? null : { rank, share };
    }),
  }));
  const ordered = ranked.toSorted(
    (a, b) => (a.places[0]?.rank ?? Infinity) - (b.places[0]?.rank ?? Infinity),
  );
  return { columns, runs: ordered, ...countReversed(shares) };
}

const ROLES = ['own', 'strictest', 'lenient', 'other'] as const;

function columnsOf(runs: readonly GradedRunShares[]): RankedGrading[] {
  const found = new Map<string, RankedGrading & { order: number }>();
  for (const { shares } of runs)
    for (const share of shares) {
      const order = ROLES.indexOf(share.role);
      found.set(columnId(share), { id: columnId(share), label: columnLabel(share), order });
    }
  return [...found.values()]
    .sort((a, b) => a.order - b.order || a.id.localeCompare(b.id, 'en'))
    .map(({ id, label }) => ({ id, label }));
}

function columnId({ verifier, role }: GradedShare): string {
  return role === 'other' ? verifier : `${verifier}:${role}`;
}

function columnLabel({ verifier, role }: GradedShare): string {
  if (role === 'own' || role === 'other') return verifier;
  return role === 'strictest' ? `${verifier}, strictest` : `${verifier}, most lenient`;
}

function shareOf(run: GradedRunShares, id: string): number | null {
  const found = run.shares.find((share) => columnId(share) === id);
  return found === undefined || found.attempts === 0 ? null : found.accepted / found.attempts;
}

function rankColumn(shares: readonly (number | null)[]): (number | null)[] {
  return shares.map((share) =>
    share === null ? null : 1 + shares.filter((other) => other !== null && other > share).length,
  );
}

function countReversed(shares: readonly (readonly (number | null)[])[]): {
  reversedPairs: number;
  pairs: number;
} {
  let [reversedPairs, pairs] = [0, 0];
  for (let a = 0; a < shares.length; a += 1)
    for (let b = a + 1; b < shares.length; b += 1) {
      pairs += 1;
      const signs = new Set(
        (shares[a] ?? []).map((share, column) => {
          const other = shares[b]?.[column] ?? null;
          return share === null || other === null ? 0 : Math.sign(share - other);
        }),
      );
      if (signs.has(1) && signs.has(-1)) reversedPairs += 1;
    }
  return { reversedPairs, pairs };
}

/** The own verdicts follow from any grading: accepted here, less those only here, plus those only there. */
export function withOwnShare(
  verifier: string,
  gradings: readonly (GradedShare & { readonly onlyHere: number; readonly onlyOwn: number })[],
): GradedShare[] {
  const [first] = gradings;
  if (first === undefined) return [];
  const accepted = first.accepted - first.onlyHere + first.onlyOwn;
  return [{ verifier, role: 'own', attempts: first.attempts, accepted }, ...gradings];
}
