import type { Interval } from '#lib/stats/interval.ts';
import { wilsonInterval } from '#lib/stats/wilson.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';

/** What a verifier made of cases whose truth is known. Accepted is `correct`; every other verdict refuses. */
export interface Confusion {
  rightAccepted: number;
  rightRefused: number;
  wrongAccepted: number;
  wrongRefused: number;
  /** Of the refused, those that were not called wrong. */
  unparsed: number;
  unverifiable: number;
}

export interface Share {
  value: number;
  interval: Interval;
}

/** Null where the counts do not define a share: no case was accepted, say, so there is no precision. */
export interface ConfusionFigures {
  n: number;
  accuracy: Share | null;
  precision: Share | null;
  recall: Share | null;
  f1: Share | null;
}

export function emptyConfusion(): Confusion {
  return {
    rightAccepted: 0,
    rightRefused: 0,
    wrongAccepted: 0,
    wrongRefused: 0,
    unparsed: 0,
    unverifiable: 0,
  };
}

export function countCase(confusion: Confusion, isRight: boolean, status: Outcome): void {
  if (status === 'correct') confusion[isRight ? 'rightAccepted' : 'wrongAccepted'] += 1;
  else confusion[isRight ? 'rightRefused' : 'wrongRefused'] += 1;
  if (status === 'unparsed' || status === 'unverifiable') confusion[status] += 1;
}

/** Shares of the counts, each with its score interval (Wilson 1927). */
export function confusionFigures(confusion: Confusion): ConfusionFigures {
  const { rightAccepted, rightRefused, wrongAccepted, wrongRefused } = confusion;
  const n = rightAccepted + rightRefused + wrongAccepted + wrongRefused;
  return {
    n,
    accuracy: shareOf(rightAccepted + wrongRefused, n),
    precision: shareOf(rightAccepted, rightAccepted + wrongAccepted),
    recall: shareOf(rightAccepted, rightAccepted + rightRefused),
    f1: f1Of(shareOf(rightAccepted, rightAccepted + rightRefused + wrongAccepted)),
  };
}

export function shareOf(count: number, of: number): Share | null {
  const interval = wilsonInterval(count, of);
  return interval === null ? null : { value: count / of, interval };
}

/**
 * F1 = 2F* / (1 + F*), where F* = TP / (TP + FP + FN) is a share and F1 grows with it (Hand, Christen, Kirielle 2021,
 * "F*: an interpretable transformation of the F-measure", section 2): the interval of F* goes through the same formula.
 */
function f1Of(star: Share | null): Share | null {
  if (star === null) return null;
  const transform = (value: number) => (2 * value) / (1 + value);
  const { low, high } = star.interval;
  return {
    value: transform(star.value),
    interval: { ...star.interval, low: transform(low), high: transform(high) },
  };
}
