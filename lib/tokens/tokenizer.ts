/** A named vocabulary that counts. Counts of different tokenizers are not comparable. */
export interface Tokenizer {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  /** The models that use this vocabulary. */
  readonly description: string;
  /** Loads the vocabulary once; heavy, so only workers call it. */
  load(): Promise<TokenCounter>;
}

export interface TokenCounter {
  /** Tokens of plain text: no special tokens are added, and none in the text are treated as special. */
  count(text: string): number;
  /**
   * Where each token begins, in UTF-16 units of the text; a token that begins inside a character begins where that
   * character does.
   */
  starts(text: string): number[];
}
