import { type CsvRecord, parseCsv, refuse } from './csv.ts';

export type PublishedBenchmark =
  'MATH500' | 'AIME24' | 'AMC23' | 'OlympiadBench' | 'GSM8K' | 'Minerva';

/** What a printed accuracy means: two figures with different metrics never share a board column. */
export interface PublishedMetric {
  /** `avg@k` is the mean over k samples an item; `pass@1` is one sample an item. */
  name: `avg@${number}` | 'pass@1';
  samplesPerItem: number;
  /** Null where the paper does not say. Temperature 0 is greedy decoding. */
  temperature: number | null;
  topP: number | null;
  maxTokens: number | null;
}

/** One cell of a published table: reported by its authors, not scored here. */
export interface PublishedResult {
  study: 'laser' | 'simplerl-zoo';
  benchmark: PublishedBenchmark;
  baseModel: string;
  /** As the table prints it, e.g. `LASER-D-4096`. */
  method: string;
  /** Id for `findPublishedFamily`; runs of one family and base model that differ in `parameter` form a series. */
  family: string;
  /** The run the others of its base model are compared with. */
  isBase: boolean;
  parameter: { name: string; value: number } | null;
  /** 0–1. */
  accuracy: number;
  /** Null when the paper gives no lengths. */
  meanTokens: number | null;
  metric: PublishedMetric;
  /** arXiv id of the paper that printed the figure. */
  citation: string;
}

/** A mean over benchmarks as printed, kept apart: three of them differ from the mean of their own columns. */
export interface PrintedMean {
  baseModel: string;
  method: string;
  accuracy: number;
  meanTokens: number;
  /** The same means computed from the four benchmark rows. */
  recomputed: { accuracy: number; meanTokens: number };
}

/** LASER paper, evaluation set-up: 16 samples an item where a benchmark is small, else 4. */
const LASER_SAMPLES = new Map<string, { benchmark: PublishedBenchmark; samples: number }>([
  ['MATH500', { benchmark: 'MATH500', samples: 4 }],
  ['OlympiadBench', { benchmark: 'OlympiadBench', samples: 4 }],
  ['AIME24', { benchmark: 'AIME24', samples: 16 }],
  ['AMC23', { benchmark: 'AMC23', samples: 16 }],
]);

/** SimpleRL-Zoo, main table: AIME24 stands in two columns with different metrics. */
const SIMPLERL_COLUMNS: readonly {
  column: string;
  benchmark: PublishedBenchmark;
  samples: 1 | 32;
}[] = [
  { column: 'GSM8K', benchmark: 'GSM8K', samples: 1 },
  { column: 'MATH500', benchmark: 'MATH500', samples: 1 },
  { column: 'Minerva', benchmark: 'Minerva', samples: 1 },
  { column: 'Olympiad', benchmark: 'OlympiadBench', samples: 1 },
  { column: 'AIME24_pass1', benchmark: 'AIME24', samples: 1 },
  { column: 'AIME24_avg32', benchmark: 'AIME24', samples: 32 },
  { column: 'AMC23', benchmark: 'AMC23', samples: 1 },
];

/** The tables of LASER (arXiv 2505.15612): one result a variant and benchmark; see `listPrintedMeans` for the means. */
export function parseLaserResults(csv: string): PublishedResult[] {
  return parseCsv(csv)
    .filter((record) => record.get('benchmark') !== 'avg')
    .map(toLaserResult);
}

/** The mean columns of the LASER tables beside the means of their own rows. */
export function listPrintedMeans(csv: string): PrintedMean[] {
  const results = parseLaserResults(csv);
  return parseCsv(csv)
    .filter((record) => record.get('benchmark') === 'avg')
    .map((record) => {
      const baseModel = record.get('base_model');
      const method = record.get('method');
      const own = results.filter((row) => row.baseModel === baseModel && row.method === method);
      if (own.length === 0) throw refuse(record.line, `${method} has a mean and no rows`);
      return {
        baseModel,
        method,
        accuracy: toAccuracy(record, 'accuracy_pct'),
        meanTokens: toNumber(record, 'tokens_mean'),
        recomputed: {
          accuracy: own.reduce((sum, row) => sum + row.accuracy, 0) / own.length,
          meanTokens:
            own.reduce((sum, row) => sum + (row.meanTokens ?? Number.NaN), 0) / own.length,
        },
      };
    });
}

/** The main table of SimpleRL-Zoo (arXiv 2503.18892); it prints no lengths, so `meanTokens` is null. */
export function parseSimplerlZooResults(csv: string): PublishedResult[] {
  return parseCsv(csv).flatMap((record) => {
    const citation = toCitation(record);
    const stage = record.get('stage');
    if (stage !== 'base' && stage !== 'zero-RL')
      throw refuse(record.line, `unknown stage "${stage}"`);
    return SIMPLERL_COLUMNS.map(({ column, benchmark, samples }): PublishedResult => ({
      study: 'simplerl-zoo',
      benchmark,
      baseModel: record.get('model'),
      method: stage,
      family: stage === 'base' ? 'original' : 'zero-rl',
      isBase: stage === 'base',
      parameter: null,
      accuracy: toAccuracy(record, column),
      meanTokens: null,
      metric: {
        name: samples === 1 ? 'pass@1' : `avg@${samples}`,
        samplesPerItem: samples,
        ...simplerlDecoding(stage, samples),
        maxTokens: 16000,
      },
      citation,
    }));
  });
}

/** Base models ran greedily; 32 equal samples make no avg@32, and how those were drawn is not documented. */
function simplerlDecoding(
  stage: 'base' | 'zero-RL',
  samples: number,
): Pick<PublishedMetric, 'temperature' | 'topP'> {
  if (stage === 'zero-RL') return { temperature: 1, topP: 0.95 };
  return { temperature: samples === 1 ? 0 : null, topP: null };
}

function toLaserResult(record: CsvRecord): PublishedResult {
  const column = LASER_SAMPLES.get(record.get('benchmark'));
  if (column === undefined) {
    throw refuse(record.line, `unknown benchmark "${record.get('benchmark')}"`);
  }
  return {
    study: 'laser',
    benchmark: column.benchmark,
    baseModel: record.get('base_model'),
    method: record.get('method'),
    family: record.get('family'),
    isBase: record.get('family') === 'original',
    parameter: toParameter(record),
    accuracy: toAccuracy(record, 'accuracy_pct'),
    meanTokens: toNumber(record, 'tokens_mean'),
    metric: {
      name: `avg@${column.samples}`,
      samplesPerItem: column.samples,
      temperature: 0.6,
      topP: 0.95,
      maxTokens: 32768,
    },
    citation: toCitation(record),
  };
}

function toParameter(record: CsvRecord): PublishedResult['parameter'] {
  const text = record.get('hyperparam');
  if (text === '') return null;
  const [, name, value] = /^(\w+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw refuse(record.line, `"${text}" is not a parameter and its value`);
  }
  return { name, value: Number(value) };
}

/** Shifts the decimal point in the text, so that 83.9 becomes 0.839 and not 0.8390000000000001. */
function toAccuracy(record: CsvRecord, column: string): number {
  const percent = toNumber(record, column);
  if (percent > 100) throw refuse(record.line, `${column} is over 100 percent`);
  return Number(`${record.get(column)}e-2`);
}

function toNumber(record: CsvRecord, column: string): number {
  const text = record.get(column);
  if (!/^\d+(?:\.\d+)?$/.test(text)) {
    throw refuse(record.line, `${column} is "${text}", not a number`);
  }
  return Number(text);
}

function toCitation(record: CsvRecord): string {
  const [, id] = /^arXiv:(\d{4}\.\d{5})$/.exec(record.get('source')) ?? [];
  if (id === undefined) throw refuse(record.line, 'the source is not an arXiv id');
  return id;
}
