import type { z } from 'zod';

import type { Reduction, Unavailable } from './reduction/reduction.ts';
import type { JointMeans } from './run/joint-columns.ts';
import type { RunSamples } from './run/run-samples.ts';

/** What a metric can not do without. `repeats`: several samples an item. */
export type MetricNeed =
  | 'tokens'
  | 'reasoning-tokens'
  | 'finish-reasons'
  | 'trace'
  | 'solutions'
  | 'repeats'
  | 'answer-classes'
  | 'signal'
  | 'requested-length'
  | 'base-run'
  | 'pool'
  | 'price';

/** US dollars for a million tokens. */
export interface TokenPrice {
  prompt: number;
  completion: number;
}

/** What surrounds a run. Null and empty are "not given". */
export interface MetricContext {
  /** The run marked as the base of the family. */
  base: RunSamples | null;
  /** The runs that pool-dependent metrics look at, this one included. */
  pool: readonly RunSamples[];
  price: TokenPrice | null;
}

/**
 * One figure of a run. A changed value raises `version`; a changed meaning is a new id.
 * `reduce` never throws on what a run may hold: what it can not answer it names.
 */
export interface Metric<Options = unknown> {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  /** What it tells and how to read it, in one to three sentences. */
  readonly description: string;
  /** In plain text, for the page that documents it. */
  readonly formula: string;
  /** The paper or programme that the formula comes from. */
  readonly source: string;
  /** `none`: not a quality; nothing is ranked by it. */
  readonly direction: 'higher' | 'lower' | 'none';
  readonly unit: 'share' | 'points' | 'tokens' | 'ratio' | 'score' | 'dollars';
  readonly needs: readonly MetricNeed[];
  /** The value changes when other runs join. */
  readonly isPoolDependent: boolean;
  /** `item-means`: Wilson or Student's t over items. `bootstrap-items`: the figure again for resampled items. */
  readonly intervalMethod: 'item-means' | 'bootstrap-items' | 'none';
  /** Every option has a default: `options.parse({})` is the metric as the board shows it. */
  readonly options: z.ZodType<Options>;
  reduce(run: RunSamples, options: Options, context: MetricContext): Reduction | Unavailable;
  /** The same from the means of a run and its base alone, which is all that a published run has; null where undefined. */
  ofMeans?(options: Options, means: { own: JointMeans; base: JointMeans | null }): number | null;
}
