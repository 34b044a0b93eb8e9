import type { Outcome } from '#lib/verifiers/verifier.ts';
import type { AttackProbe } from './attack-probes.ts';
import { shareOf, type Share } from './confusion.ts';

export interface AttackCell {
  probes: number;
  accepted: number;
  /** The attack success rate: accepted of the probes. */
  rate: Share | null;
  /** A probe that was accepted, to look at; null when none was. */
  example: AttackProbe | null;
}

export interface AttackReport {
  probes: number;
  attacks: string[];
  judges: string[];
  /** One row an attack, one cell a judge. */
  cells: AttackCell[][];
}

interface Count {
  probes: number;
  accepted: number;
  example: AttackProbe | null;
}

/** Adds up which attacks got through to which judge. */
export class AttackTally {
  private readonly attacks: readonly string[];
  private readonly judges: readonly string[];
  private readonly counts: Map<string, Count[]>;
  private probes = 0;

  constructor(attacks: readonly string[], judges: readonly string[]) {
    this.attacks = attacks;
    this.judges = judges;
    this.counts = new Map(
      attacks.map((attack) => [
        attack,
        judges.map(() => ({ probes: 0, accepted: 0, example: null })),
      ]),
    );
  }

  /** `statuses` in the order of the judges, null for one that gave none. */
  add(probe: AttackProbe, statuses: readonly (Outcome | null)[]): void {
    this.probes += 1;
    for (const [index, status] of statuses.entries()) {
      const count = this.counts.get(probe.attack)?.[index];
      if (count === undefined) throw new RangeError(`No count for the attack ${probe.attack}.`);
      if (status === null) continue;
      count.probes += 1;
      if (status !== 'correct') continue;
      count.accepted += 1;
      count.example ??= probe;
    }
  }

  report(): AttackReport {
    return {
      probes: this.probes,
      attacks: [...this.attacks],
      judges: [...this.judges],
      cells: this.attacks.map((attack) =>
        (this.counts.get(attack) ?? []).map(({ probes, accepted, example }) => ({
          probes,
          accepted,
          rate: shareOf(accepted, probes),
          example,
        })),
      ),
    };
  }
}
