import { describeInterval } from './caption.ts';
import { distinctKnown, type FigureFacts } from './figure-data.ts';
import { boardName } from './run-choice.ts';
import type { FigureSources } from './sources.ts';
import { listWords } from '#lib/list-words.ts';
import type { Board, BoardRow } from '#lib/schemas/board.ts';

/** What a caption says of rows of boards. */
export async function boardFacts(
  boards: readonly Board[],
  subject: string,
  sources: FigureSources,
): Promise<FigureFacts> {
  const rows = boards.flatMap((board) => board.rows);
  const intervals = rows.flatMap(({ figures }) => [
    figures.accuracyInterval,
    figures.tokensInterval,
  ]);
  return {
    subject,
    benchmarks: boards.map((board) => ({
      name:
        board.benchmark?.benchmarkIds.length === 1
          ? boardName(board)
          : (board.benchmark?.title ?? boardName(board)),
      items: (board.slice?.items ?? board.benchmark?.itemCount ?? 0) || null,
      samplesPerItem: distinctKnown(board.rows.map(({ figures }) => figures.samplesPerItem)),
    })),
    decoding: describeDecodings(
      await sources.decodings(rows.flatMap(({ runId, parts }) => parts ?? [runId])),
    ),
    verifiers: distinctKnown(rows.map(({ verifier }) => verifier)),
    lengths: distinctKnown(boards.map(({ lengthLabel }) => lengthLabel)).join('; ') || null,
    intervals: distinctKnown(intervals.map((one) => (one === null ? null : describeInterval(one)))),
    citations: distinctKnown(
      rows.map(({ citation }) => (citation?.arxiv == null ? null : `arXiv:${citation.arxiv}`)),
    ),
    notes: progressNotes(rows),
  };
}

/** The figures of a run in progress are of the samples so far, which a reader of a paper would not see. */
function progressNotes(rows: readonly BoardRow[]): string[] {
  const live = [...new Set(rows.flatMap(({ state, label }) => (state === 'live' ? [label] : [])))];
  return live.length === 0
    ? []
    : [`In progress, with figures of the samples so far: ${listWords(live)}.`];
}

/** In the order of print. A metric is not a setting: the samples per item say it. */
const SETTINGS: readonly { name: string; keys: readonly string[] }[] = [
  { name: 'T', keys: ['temperature'] },
  { name: 'top-p', keys: ['topP', 'top_p'] },
  { name: 'token limit', keys: ['maxTokens', 'max_tokens'] },
];
const KNOWN: ReadonlySet<string> = new Set([...SETTINGS.flatMap(({ keys }) => keys), 'metric']);

/** "T = 0.6, top-p = 0.95, budget = 64/128": every setting with all of its values; empty when none is known. */
export function describeDecodings(
  decodings: readonly Readonly<Record<string, unknown>>[],
): string[] {
  const isKnown = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
  const values = (keys: readonly string[]) =>
    distinctKnown(
      decodings.flatMap((decoding) =>
        keys.map((key) => (isKnown(decoding[key]) ? String(decoding[key]) : null)),
      ),
    ).join('/');
  const others = [...new Set(decodings.flatMap((decoding) => Object.keys(decoding)))]
    .filter((key) => !KNOWN.has(key))
    .sort()
    .map((key) => ({ name: key, keys: [key] }));
  const parts = [...SETTINGS, ...others].flatMap(({ name, keys }) => {
    const text = values(keys);
    return text === '' ? [] : [`${name} = ${text}`];
  });
  return parts.length === 0 ? [] : [parts.join(', ')];
}
