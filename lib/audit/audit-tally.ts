import type { Outcome } from '#lib/verifiers/verifier.ts';
import { AgreementCounts } from './agreement.ts';
import {
  confusionFigures,
  countCase,
  emptyConfusion,
  type Confusion,
  type ConfusionFigures,
} from './confusion.ts';
import type { LabelledCase } from './labelled-case.ts';
import { TimeHistogram } from './time-histogram.ts';

/** By what a table may be broken down. */
export const DIMENSIONS = ['dataset', 'kind', 'generator'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export interface AuditLine extends ConfusionFigures {
  counts: Confusion;
}

export interface AuditedJudge extends AuditLine {
  judge: string;
  p50Ms: number | null;
  p99Ms: number | null;
}

export interface AuditSlice {
  dimension: Dimension;
  value: string;
  /** In the order of the judges. */
  lines: AuditLine[];
}

export interface AuditReport {
  cases: number;
  right: number;
  judges: AuditedJudge[];
  slices: AuditSlice[];
  /** Cohen's kappa of "accepted" over the cases that all judged, in the order of the judges. */
  agreement: (number | null)[][];
}

/** What one judge said about one case; a judge whose time says nothing has null. */
export interface TimedOutcome {
  status: Outcome;
  ms: number | null;
}

/** Adds up an audit case by case, so that files of any length fit. */
export class AuditTally {
  private readonly judges: readonly string[];
  private readonly totals: Confusion[];
  private readonly times: TimeHistogram[];
  private readonly slices = new Map<
    string,
    { dimension: Dimension; value: string; counts: Confusion[] }
  >();
  private readonly agreement: AgreementCounts;
  private cases = 0;
  private right = 0;

  constructor(judges: readonly string[]) {
    this.judges = judges;
    this.totals = judges.map(emptyConfusion);
    this.times = judges.map(() => new TimeHistogram());
    this.agreement = new AgreementCounts(judges.length);
  }

  /** `outcomes` in the order of the judges, null for one that gave none. */
  add(labelled: LabelledCase, outcomes: readonly (TimedOutcome | null)[]): void {
    this.cases += 1;
    if (labelled.isRight) this.right += 1;
    const slices = DIMENSIONS.flatMap((dimension) => this.sliceOf(dimension, labelled[dimension]));
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome === null) continue;
      const { status, ms } = outcome;
      for (const counts of [this.totals, ...slices]) {
        const confusion = counts[index];
        if (confusion !== undefined) countCase(confusion, labelled.isRight, status);
      }
      if (ms !== null) this.times[index]?.add(ms);
    }
    if (outcomes.every((outcome) => outcome !== null)) {
      this.agreement.add(outcomes.map(({ status }) => status === 'correct'));
    }
  }

  report(): AuditReport {
    return {
      cases: this.cases,
      right: this.right,
      judges: this.judges.map((judge, index) => ({
        judge,
        ...toLine(this.totals[index] ?? emptyConfusion()),
        p50Ms: this.times[index]?.quantile(0.5) ?? null,
        p99Ms: this.times[index]?.quantile(0.99) ?? null,
      })),
      slices: [...this.slices.values()].map(({ dimension, value, counts }) => ({
        dimension,
        value,
        lines: counts.map(toLine),
      })),
      agreement: this.agreement.matrix(),
    };
  }

  private sliceOf(dimension: Dimension, value: string | null): Confusion[][] {
    if (value === null) return [];
    const key = `${dimension}\u0000${value}`;
    let slice = this.slices.get(key);
    if (slice === undefined) {
      slice = { dimension, value, counts: this.judges.map(emptyConfusion) };
      this.slices.set(key, slice);
    }
    return [slice.counts];
  }
}

function toLine(counts: Confusion): AuditLine {
  return { ...confusionFigures(counts), counts };
}
