import { readRegion, type Region, writeRegion } from '#app/_charts/region.ts';
import {
  createParser,
  createSerializer,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsFloat,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import { BoardQuery } from '#lib/schemas/board.ts';

/** Everything on the board that a reader can set: a link reproduces the view. */
export const boardParsers = {
  benchmark: parseAsString,
  split: parseAsString,
  model: parseAsArrayOf(parseAsString),
  method: parseAsArrayOf(parseAsString),
  family: parseAsArrayOf(parseAsString),
  trust: parseAsArrayOf(parseAsStringLiteral(['reported', 'scored', 'rerun'])),
  slice: parseAsArrayOf(parseAsString),
  q: parseAsString.withDefault(''),
  column: parseAsString,
  x: parseAsStringLiteral(['log', 'linear']).withDefault('log'),
  view: parseAsStringLiteral(['chart', 'table', 'data']).withDefault('chart'),
  sort: parseAsString,
  metric: parseAsString,
  budget: parseAsFloat,
  region: createParser({ parse: readRegion, serialize: writeRegion }),
  band: parseAsBoolean.withDefault(false),
  curves: parseAsBoolean.withDefault(false),
  foreign: parseAsBoolean.withDefault(false),
  sensitivity: parseAsBoolean.withDefault(false),
};

export interface BoardState {
  benchmark: string | null;
  split: string | null;
  model: string[] | null;
  method: string[] | null;
  family: string[] | null;
  trust: ('reported' | 'scored' | 'rerun')[] | null;
  /** Labels of items as `label:value`; the board is then of these items only. */
  slice: string[] | null;
  q: string;
  column: string | null;
  x: 'log' | 'linear';
  view: 'chart' | 'table' | 'data';
  /** A column id, with a minus before it for descending. */
  sort: string | null;
  /** A metric as a further column, by its key. */
  metric: string | null;
  budget: number | null;
  /** Dragged open on the chart; narrows the table. */
  region: Region | null;
  /** The attainment band of the front, and curves of equal accuracy per token. */
  band: boolean;
  curves: boolean;
  /** Runs with hidden traces or lengths of another counter take part in the front. */
  foreign: boolean;
  /** What the policies of the verifier can move, as bars on the chart and a column of the table. */
  sensitivity: boolean;
}

/**
 * What the board asks for. A first visit names no benchmark and shows the model with most runs: comparing methods
 * across sizes of model would only say that larger is better. An empty list in the address is "all models".
 */
export function toBoardQuery(state: BoardState, firstModel: string | null): BoardQuery {
  const preset = state.benchmark === null && firstModel !== null ? [firstModel] : [];
  return {
    ...(state.benchmark === null ? {} : { benchmark: state.benchmark }),
    ...(state.split === null ? {} : { split: state.split }),
    ...(state.column === null ? {} : { column: state.column }),
    model: state.model ?? preset,
    method: state.method ?? [],
    family: state.family ?? [],
    trust: state.trust ?? [],
    // The server refuses a pair without a colon; a mistyped address shows the whole board instead.
    slice: (state.slice ?? []).filter((pair) => pair.indexOf(':') > 0).slice(0, 100),
    q: state.q.slice(0, 200),
  };
}

const serialize = createSerializer({
  benchmark: parseAsString,
  split: parseAsString,
  column: parseAsString,
  model: parseAsArrayOf(parseAsString),
  method: parseAsArrayOf(parseAsString),
  family: parseAsArrayOf(parseAsString),
  trust: parseAsArrayOf(parseAsString),
  slice: parseAsArrayOf(parseAsString),
  q: parseAsString,
});

/** The same question as an address of the API. */
export function boardAddress(query: BoardQuery, format: 'json' | 'csv' = 'json'): string {
  const address = addressOf('/api/v1/leaderboard', query);
  if (format === 'json') return address;
  return `${address}${address.includes('?') ? '&' : '?'}format=csv`;
}

/** Where the front of the same board is. */
export function frontAddress(query: BoardQuery, isForeignIn: boolean): string {
  const address = addressOf('/api/v1/front', query);
  return isForeignIn ? `${address}${address.includes('?') ? '&' : '?'}include=foreign` : address;
}

/** Where a metric of the runs of the same board is. */
export function metricAddress(query: BoardQuery, metric: string): string {
  const address = addressOf('/api/v1/leaderboard/metric', query);
  return `${address}${address.includes('?') ? '&' : '?'}metric=${encodeURIComponent(metric)}`;
}

function addressOf(path: string, query: BoardQuery): string {
  const filled = <Value extends string | string[]>(value: Value) =>
    value.length === 0 ? null : value;
  return serialize(path, {
    benchmark: query.benchmark ?? null,
    split: query.split ?? null,
    column: query.column ?? null,
    model: filled(query.model),
    method: filled(query.method),
    family: filled(query.family),
    trust: filled<string[]>(query.trust),
    slice: filled(query.slice),
    q: filled(query.q),
  });
}
