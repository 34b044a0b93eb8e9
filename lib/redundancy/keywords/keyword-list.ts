/** A published list of words that stand for reflection, doubt or a change of mind. A changed list raises `version`. */
export interface KeywordList {
  readonly id: string;
  readonly version: number;
  readonly source: string;
  /** Lower case; words of a phrase are parted by a space or a hyphen. */
  readonly words: readonly string[];
  /** Longer words that hold a keyword and do not count where keywords are sought inside words. */
  readonly exceptions?: readonly string[];
}
