import type { FileMemory } from './fields/file-memory.ts';

/** Where a token count comes from; `derived` was computed from another count, `unknown` means there is none. */
export type TokenSource = 'provider' | 'runner' | 'tokenizer' | 'derived' | 'unknown';

export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool' | 'error' | 'unknown';

/** What a file says of the question. Null is "the source does not say". */
export interface ImportedItem {
  /** The benchmark's own id where the source has one, else null: the key is then made from the question. */
  key: string | null;
  prompt: string | null;
  gold: string | null;
  choices: readonly string[] | null;
  difficulty: string | null;
  /** Subject, type, template …: short labels to group by. */
  groups: Readonly<Record<string, string>>;
}

/** One sample of one item. Unknown is null, never 0 and never ''. */
export interface ImportedAttempt {
  item: ImportedItem;
  /** From 0, within the item. */
  sampleIndex: number;
  /** The visible output as the source stores it (reasoning included when the source does not split it). */
  output: string | null;
  /** Only when the source splits them itself. */
  reasoning: string | null;
  answer: string | null;
  tokens: {
    prompt: number | null;
    output: number | null;
    reasoning: number | null;
    answer: number | null;
    source: TokenSource;
    /** The tokenizer the source names, or why the count may mislead. */
    note: string | null;
  };
  finishReason: FinishReason;
  error: { code: string; message: string } | null;
  /** What the source itself scored; never the board's score. */
  reported: { score: number | null; isCorrect: boolean | null; extracted: string | null };
  /** Confidence, log-probability …: finite numbers by name. */
  signals: Readonly<Record<string, number>>;
  /** Fields of the source that have no place of their own. */
  extras: Readonly<Record<string, unknown>>;
}

/** What a file (not a row) says of the run. */
export interface RunHints {
  benchmark: string | null;
  split: string | null;
  model: string | null;
  /** Decoding and sweep parameters: temperature, seed, alpha, step … */
  params: Readonly<Record<string, string | number | boolean>>;
}

/** The beginning of a file, as recognition sees it. */
export interface FileSample {
  /** The file's own name and, where known, its folders: some formats keep facts only there. */
  name: string;
  /** One row a line, one JSON document (an array or an object over several lines), a zip archive, or Parquet. */
  shape: 'lines' | 'document' | 'archive' | 'parquet';
  /** The first complete rows as parsed JSON values (at most 20): lines, or the members of a document that is an array. */
  rows: readonly unknown[];
  /**
   * The beginning of a JSON document with its long lists and texts cut short; of an archive the parsed context
   * members by name. Null for several lines. A document in one line is here and in `rows`.
   */
  document: unknown;
  /** The first 4,096 characters. */
  head: string;
}

/** Where the rows stand in a file that is not one row a line. */
export interface RowLayout {
  /** Paths from the root of a JSON document to its rows; `*` is any member. The empty path is the document itself. */
  document?: readonly (readonly string[])[];
  /** Which members of a zip archive are rows, and which are facts about all rows; both are JSON. */
  archive?: { isRow: (name: string) => boolean; isContext: (name: string) => boolean };
  /** Members of a row that are not needed and may be larger than a row is allowed to be. */
  omit?: readonly string[];
  /** A table whose first line names the columns: each row is an object of texts. */
  table?: { delimiter: ',' | '\t' };
  /** Parquet: each row is an object by column, whatever else the format says. */
  parquet?: true;
}

/** Where a row stands, and what its file said before it. */
export interface RowPlace {
  /** Keys and positions from the root of a document, or the name of an archive's member; empty for lines. */
  path: readonly (string | number)[];
  /** What stood before the row in each object around it, the root first; an archive has one, with its members by name. */
  around: readonly Readonly<Record<string, unknown>>[];
  memory: FileMemory;
}

/** A row that can not be stored. The ingest adds line and byte offset. */
export class RowError extends Error {
  readonly code: string;
  /** JSON pointer (RFC 6901) into the row; '' is the row itself. */
  readonly pointer: string;
  readonly hint: string | null;

  constructor(code: string, message: string, where: { pointer: string; hint?: string }) {
    super(message);
    this.name = 'RowError';
    this.code = code;
    this.pointer = where.pointer;
    this.hint = where.hint ?? null;
  }
}

/** One file format. Adding one is a new file and one line in `all.ts`. */
export interface Importer {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  readonly description: string;
  /** What this format can not tell, for the submission page. */
  readonly unknowns: readonly string[];
  /** Left out by formats of one row a line; these are also read from a JSON array of rows. */
  readonly layout?: RowLayout;
  /** The evidence ("matched on code[], pred[], score[]"), or null when this is another format. */
  recognise(sample: FileSample): string | null;
  hints(sample: FileSample): RunHints;
  /** All samples of one row, none when the row repeats what an earlier one gave; throws `RowError`. */
  parseRow(row: unknown, place: RowPlace): ImportedAttempt[];
}
