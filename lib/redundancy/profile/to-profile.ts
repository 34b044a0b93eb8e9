import { BANDS, type Band } from './difficulty-bands.ts';

/** A sum over those attempts that know the value. */
export interface Known {
  count: number;
  sum: number;
}

/** What is known of the attempts of one band that were right, or of those that were not. */
export interface ProfileSums {
  /** Null: items of unknown difficulty. */
  band: Band | null;
  isRight: boolean;
  attempts: number;
  tokens: Known;
  repeatedStepShare: Known;
  ngramRepetition: Known;
  restatedShare: Known;
  compression: Known;
  loops: Known;
  /** Over attempts whose tokens are known too. */
  switches: Known;
  tokensWithSwitches: number;
  /** Attempts whose text was searched for the right answer, and those in which it stands. */
  searched: number;
  stated: number;
  afterTokens: Known;
  /** Of all tokens of the attempt, those after the first right answer. */
  afterShare: Known;
  again: Known;
}

/** One row of the profile; what no attempt knows is null. Shares are from 0 to 1. */
export interface ProfileRow {
  band: Band | 'all';
  items: number;
  attempts: number;
  accuracy: number | null;
  tokensMean: number | null;
  redundant: {
    repeatedStepShare: number | null;
    ngramRepetition: number | null;
    restatedShare: number | null;
    compression: number | null;
    loopShare: number | null;
  };
  /** Of right answers. */
  overthinking: {
    tokensMean: number | null;
    afterTokensMean: number | null;
    afterShare: number | null;
    againMean: number | null;
    /** Right answers whose text was searched and states the answer. */
    stated: number;
  };
  underthinking: {
    switchesPer1kRight: number | null;
    switchesPer1kWrong: number | null;
    /** Of the answers that are not right, those in whose text the right one stands. */
    leftAnswerShare: number | null;
    /** Mean share of the tokens after it, 0 where it stands nowhere: ξ_UT of arXiv 2501.18585 with found places for thoughts. */
    underthinkingScore: number | null;
    searched: number;
  };
}

/**
 * The three patterns of inefficiency of Qu et al. 2025 (arXiv 2503.21614, section 3): redundant content, overthinking of easy
 * questions, and underthinking. Attempts weigh alike.
 */
export function toProfile(
  sums: readonly ProfileSums[],
  itemsOf: Readonly<Record<Band | 'all', number>>,
): ProfileRow[] {
  const rows: ProfileRow[] = [toRow('all', itemsOf.all, sums)];
  for (const band of BANDS) {
    const own = sums.filter((one) => one.band === band);
    if (own.length > 0) rows.push(toRow(band, itemsOf[band], own));
  }
  return rows;
}

function toRow(band: ProfileRow['band'], items: number, sums: readonly ProfileSums[]): ProfileRow {
  const right = sums.filter((one) => one.isRight);
  const wrong = sums.filter((one) => !one.isRight);
  const attempts = total(sums, (one) => one.attempts);
  return {
    band,
    items,
    attempts,
    accuracy: attempts === 0 ? null : total(right, (one) => one.attempts) / attempts,
    tokensMean: mean(sums, (one) => one.tokens),
    redundant: {
      repeatedStepShare: mean(sums, (one) => one.repeatedStepShare),
      ngramRepetition: mean(sums, (one) => one.ngramRepetition),
      restatedShare: mean(sums, (one) => one.restatedShare),
      compression: mean(sums, (one) => one.compression),
      loopShare: mean(sums, (one) => one.loops),
    },
    overthinking: {
      tokensMean: mean(right, (one) => one.tokens),
      afterTokensMean: mean(right, (one) => one.afterTokens),
      afterShare: mean(right, (one) => one.afterShare),
      againMean: mean(right, (one) => one.again),
      stated: total(right, (one) => one.stated),
    },
    underthinking: {
      switchesPer1kRight: switchesPer1k(right),
      switchesPer1kWrong: switchesPer1k(wrong),
      leftAnswerShare: perSearched(wrong, (one) => one.stated),
      underthinkingScore: perSearched(wrong, (one) => one.afterShare.sum),
      searched: total(wrong, (one) => one.searched),
    },
  };
}

function total(sums: readonly ProfileSums[], of: (one: ProfileSums) => number): number {
  return sums.reduce((sum, one) => sum + of(one), 0);
}

function mean(sums: readonly ProfileSums[], of: (one: ProfileSums) => Known): number | null {
  const count = total(sums, (one) => of(one).count);
  return count === 0 ? null : total(sums, (one) => of(one).sum) / count;
}

function switchesPer1k(sums: readonly ProfileSums[]): number | null {
  const tokens = total(sums, (one) => one.tokensWithSwitches);
  return tokens === 0 ? null : (1000 * total(sums, (one) => one.switches.sum)) / tokens;
}

function perSearched(
  sums: readonly ProfileSums[],
  of: (one: ProfileSums) => number,
): number | null {
  const searched = total(sums, (one) => one.searched);
  return searched === 0 ? null : total(sums, of) / searched;
}
