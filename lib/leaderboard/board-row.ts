import type { SensitivityBand } from './grading-plan.ts';
import type { FigureReasons, RunFigures } from './run-figures.ts';

/** What lengths are measured in. Lengths of two different columns are never ranked against each other. */
export interface LengthColumn {
  /** `reported`: the source's own count. `counted`: by one of our tokenizers. `characters`: of the visible text. */
  kind: 'reported' | 'counted' | 'characters';
  /** The tokenizer where it is known. */
  tokenizer: string | null;
}

/** `reported`: a published figure without attempts. `scored`: our verdicts on uploaded outputs. `rerun`: repeated by us. */
export type TrustLevel = 'reported' | 'scored' | 'rerun';

/** The figures a board shows; null is unknown and `reasons` says why. */
export type BoardFigures = Pick<
  RunFigures,
  | 'samplesPerItem'
  | 'accuracy'
  | 'accuracyInterval'
  | 'accuracyError'
  | 'answeredAccuracy'
  | 'unparsedShare'
  | 'unverifiableShare'
  | 'errorShare'
  | 'missingShare'
  | 'tokensMean'
  | 'tokensInterval'
  | 'tokensError'
  | 'tokensMedian'
  | 'tokensP90'
  | 'tokensGeometricMean'
  | 'clipRatio'
  | 'stoppedTokensMean'
  | 'tokensPerCorrect'
  | 'reflectionsPerResponse'
  | 'reflectionsPer1kTokens'
  | 'reasons'
>;

/** One run as the database gives it to the board. */
export interface BoardRunRow {
  runId: string;
  benchmarkId: string;
  /** How the run is called on the board: the method's variant, or the model. */
  label: string;
  model: string;
  method: string | null;
  /** Runs of one model and family form a line over the parameter they differ in. */
  family: string | null;
  params: Readonly<Record<string, string | number | boolean>>;
  trust: TrustLevel;
  traceVisibility: 'full' | 'summary' | 'hidden' | 'unknown';
  /** `live` while the evaluation itself is under way: its figures are of the samples so far. */
  state: 'live' | 'scoring' | 'done';
  /** Null when the run has no lengths. */
  lengthColumn: LengthColumn | null;
  /** Whose counts the source's own lengths are; `derived` when several counters took part or they were computed. */
  tokenSource: string;
  figures: BoardFigures;
  /** Null where the verifier has no stricter and no more lenient policy, or the run is not graded yet. */
  sensitivity: SensitivityBand | null;
  /** Share of points by item, in the order of the item list; null for figures without attempts. */
  itemMeans: Float64Array | Float32Array | null;
}

const NOT_PUBLISHED = 'The source published no such figure.';

/** The figures of a published result: what it does not print stays unknown, intervals included. */
export function toReportedFigures(published: {
  accuracy: number | null;
  tokensMean: number | null;
  samplesPerItem?: number | null;
  clipRatio?: number | null;
}): BoardFigures {
  const figures: BoardFigures = {
    samplesPerItem: published.samplesPerItem ?? null,
    accuracy: published.accuracy,
    accuracyInterval: null,
    accuracyError: null,
    answeredAccuracy: null,
    unparsedShare: null,
    unverifiableShare: null,
    errorShare: null,
    missingShare: null,
    tokensMean: published.tokensMean,
    tokensInterval: null,
    tokensError: null,
    tokensMedian: null,
    tokensP90: null,
    tokensGeometricMean: null,
    clipRatio: published.clipRatio ?? null,
    stoppedTokensMean: null,
    tokensPerCorrect: null,
    reflectionsPerResponse: null,
    reflectionsPer1kTokens: null,
    reasons: {},
  };
  for (const [name, value] of Object.entries(figures)) {
    if (value === null) figures.reasons[name as keyof FigureReasons] = NOT_PUBLISHED;
  }
  return figures;
}
