import { verifiers } from '#lib/verifiers/index.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';
import { policyKey } from './policy-key.ts';

export type GradingRole = 'strictest' | 'lenient' | 'other';

/** One way to grade a run beside its own verdicts. */
export interface GradingView {
  readonly verifier: string;
  readonly version: number;
  readonly policy: Readonly<Record<string, unknown>>;
  readonly policyKey: string;
  readonly role: GradingRole;
}

/**
 * The gradings of a run scored by a verifier: that verifier under its strictest and its most lenient policy, and the
 * other verifiers of its kin by their defaults.
 */
export function gradingViews(verifier: string): GradingView[] {
  if (!verifiers.has(verifier)) return [];
  const own = verifiers.get(verifier);
  const extremes =
    own.extremes === undefined
      ? []
      : [
          view(own, own.extremes.strictest, 'strictest'),
          view(own, own.extremes.mostLenient, 'lenient'),
        ];
  const others = verifiers.all
    .filter(({ id, kin }) => own.kin !== undefined && kin === own.kin && id !== own.id)
    .map((other) => view(other, {}, 'other'));
  return [...extremes, ...others];
}

function view(
  { id, version }: { id: string; version: number },
  policy: unknown,
  role: GradingRole,
): GradingView {
  const switches = policy as Readonly<Record<string, unknown>>;
  return { verifier: id, version, policy: switches, policyKey: policyKey(switches), role };
}

/**
 * Whether an attempt must be judged again: the strictest policy can only take acceptances away and the most lenient
 * only add some, and neither finds an answer where there was none.
 */
export function canChange(role: GradingRole, own: Outcome | null): boolean {
  if (role === 'strictest') return own === 'correct';
  if (role === 'lenient') return own === 'wrong' || own === 'unverifiable';
  return true;
}

/** Counts of one view so far. */
export interface GradingTally {
  attempts: number;
  accepted: number;
  onlyHere: number;
  onlyOwn: number;
  disputed: DisputedAttempt[];
}

export interface DisputedAttempt {
  itemKey: string;
  sampleIndex: number;
  acceptedBy: 'here' | 'own';
}

/** Shares accepted under the strictest and the most lenient policy of a run's own verifier. */
export interface SensitivityBand {
  strictest: number;
  lenient: number;
}

/**
 * What the policies can move: accepted attempts over the attempts that the accuracy is of, so that missing answers
 * count as they do there. Null where one of the two was not graded.
 */
export function sensitivityBand(
  accepted: { strictest: number | null; lenient: number | null; attempts: number | null },
  expectedAttempts: number | null,
): SensitivityBand | null {
  const { strictest, lenient, attempts } = accepted;
  const total = Math.max(expectedAttempts ?? 0, attempts ?? 0);
  if (strictest === null || lenient === null || total === 0) return null;
  return { strictest: strictest / total, lenient: lenient / total };
}

/** Enough to look into; the counts are complete. */
const MAX_DISPUTED = 50;

export function emptyGrading(): GradingTally {
  return { attempts: 0, accepted: 0, onlyHere: 0, onlyOwn: 0, disputed: [] };
}

/** Adds one attempt with its own outcome and the outcome under this view. */
export function addGraded(
  tally: GradingTally,
  attempt: { itemKey: string; sampleIndex: number; own: Outcome | null; here: Outcome | null },
): void {
  const [isOwn, isHere] = [attempt.own === 'correct', attempt.here === 'correct'];
  tally.attempts += 1;
  if (isHere) tally.accepted += 1;
  if (isHere === isOwn) return;
  if (isHere) tally.onlyHere += 1;
  else tally.onlyOwn += 1;
  const { itemKey, sampleIndex } = attempt;
  if (tally.disputed.length < MAX_DISPUTED)
    tally.disputed.push({ itemKey, sampleIndex, acceptedBy: isHere ? 'here' : 'own' });
}
