import { meanTokens } from '../mean-tokens.ts';
import { avgAtK } from '../avg-at-k.ts';
import { outcomeEfficiency } from '../outcome-efficiency.ts';
import { computeMetrics, type ComputeSettings, type MetricValue } from '../reduction/compute.ts';
import { partsByBand } from '../run/run-parts.ts';
import type { RunSamples } from '../run/run-samples.ts';
import { signalRate } from '../signal-rate.ts';
import { underthinking } from '../underthinking.ts';

/** Names under which the samples carry what was measured in their texts. */
export interface ProfileSignals {
  /** Share of the text in repeated steps. */
  redundant: string;
  /** Count of changes of course. */
  switches: string;
}

/** The three patterns of inefficiency in one part of a run; each value says itself why it is null. */
export interface InefficiencyRow {
  part: 'all' | 'easy' | 'medium' | 'hard';
  accuracy: MetricValue;
  tokens: MetricValue;
  /** Redundant content: share of text that repeats earlier steps. */
  redundant: MetricValue;
  /** Overthinking: how little of the trace the first correct answer needed; 1 is none. */
  outcomeEfficiency: MetricValue;
  /** Underthinking: how much of a wrong trace follows a correct thought. */
  underthinking: MetricValue;
  /** Underthinking: changes of course per 1,000 tokens, in responses that are not correct and in correct ones. */
  switchesOther: MetricValue;
  switchesCorrect: MetricValue;
}

/**
 * Redundant content, overthinking of simple questions and underthinking (Qu et al. 2025, arXiv 2503.21614), for the whole run
 * and for the items that it finds easy, medium and hard itself.
 */
export function inefficiencyProfile(
  run: RunSamples,
  signals: ProfileSignals,
  settings: ComputeSettings = {},
): InefficiencyRow[] {
  const bands = partsByBand(run);
  const parts = [['all', run] as const, ...BAND_ORDER.map((band) => [band, bands[band]] as const)];
  const switches = { signal: signals.switches, per: '1k-tokens' };
  return parts.map(([part, samples]) => {
    const rates = [
      { signal: signals.redundant },
      { ...switches, outcome: 'other' },
      { ...switches, outcome: 'correct' },
    ].map((options) => ({ metric: signalRate, options }));
    const plain = [avgAtK, meanTokens, outcomeEfficiency, underthinking].map((metric) => ({
      metric,
    }));
    const values = computeMetrics([...plain, ...rates], samples, settings);
    const [accuracy, tokens, outcome, under, redundant, switchesOther, switchesCorrect] =
      values as Seven;
    return {
      ...{ part, accuracy, tokens, redundant, switchesOther, switchesCorrect },
      outcomeEfficiency: outcome,
      underthinking: under,
    };
  });
}

/** As many as were asked for. */
type Seven = [
  ...[MetricValue, MetricValue, MetricValue, MetricValue],
  ...[MetricValue, MetricValue, MetricValue],
];

const BAND_ORDER = ['easy', 'medium', 'hard'] as const;
