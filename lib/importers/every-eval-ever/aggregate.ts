import type { Run } from '#lib/schemas/run.ts';
import type { EveryEvalRun } from './instance.ts';

type Texts = Record<string, string>;

/** The aggregate of every_eval_ever 0.3.0, beside which the rows of its instance file stand. */
export interface EveryEvalAggregate {
  schema_version: '0.3.0';
  evaluation_id: string;
  evaluation_timestamp: string;
  retrieved_timestamp: string;
  source_metadata: Record<string, unknown>;
  eval_library: { name: string; version: string };
  model_info: Record<string, unknown>;
  evaluation_results: Record<string, unknown>[];
  detailed_evaluation_results?: InstanceFile;
}

interface InstanceFile {
  format: 'jsonl';
  file_path: string;
  hash_algorithm: 'sha256';
  checksum?: string;
  total_rows: number;
}

/** The names that both files of a run share; they do not change when it is exported again. */
export function toEveryEvalRun(run: Run): EveryEvalRun {
  const { name } = run.benchmark;
  return {
    evaluationId: `${name}/${run.model.name}/${toSeconds(run.createdAt)}`,
    modelId: run.model.name,
    evaluationName: name,
    evaluationResultId: `${name}.accuracy`,
  };
}

/**
 * The aggregate of a run; `file` is the path of its instance file. A figure that is not known has no result, because the
 * schema has no way to leave a score open.
 */
export function toEveryEvalAggregate(
  run: Run,
  { file, version }: { file: string; version: string },
): EveryEvalAggregate {
  const { evaluationId, evaluationName, evaluationResultId } = toEveryEvalRun(run);
  const { figures, verifier } = run;
  const createdAt = toSeconds(run.createdAt);
  const shared = {
    evaluation_name: evaluationName,
    source_data: toSource(run.benchmark),
    evaluation_timestamp: createdAt,
    generation_config: {
      generation_args: toArguments(run.decoding),
      additional_details: toTexts({ ...run.decoding, ...run.params }),
    },
  };
  const samples = figures?.attempts ?? null;
  const accuracy =
    figures === null ? null : toScore(figures.accuracy, figures.accuracyInterval, samples);
  const tokens =
    figures === null ? null : toScore(figures.tokensMean, figures.tokensInterval, samples);
  return {
    schema_version: '0.3.0',
    evaluation_id: evaluationId,
    evaluation_timestamp: createdAt,
    retrieved_timestamp: createdAt,
    source_metadata: {
      source_name: 'Laconic',
      source_type: 'evaluation_run',
      source_organization_name: 'unknown',
      evaluator_relationship: 'other',
    },
    eval_library: { name: 'laconic', version },
    model_info: {
      name: run.model.name,
      id: run.model.name,
      additional_details: {
        deployment_type: 'unknown',
        model_availability: 'unknown',
        ...toTexts({ method: run.method?.name, label: run.label, base: run.model.baseName }),
      },
    },
    evaluation_results: [
      accuracy !== null && {
        evaluation_result_id: evaluationResultId,
        ...shared,
        metric_config: {
          metric_id: 'accuracy',
          metric_name: 'accuracy',
          metric_kind: 'accuracy',
          metric_unit: 'proportion',
          lower_is_better: false,
          score_type: 'continuous',
          min_score: 0,
          max_score: 1,
          additional_details: toTexts({ verifier }),
        },
        score_details: accuracy,
      },
      tokens !== null && {
        evaluation_result_id: `${evaluationName}.tokens`,
        ...shared,
        metric_config: {
          evaluation_description: `Mean length of a response: ${run.lengthLabel}.`,
          metric_id: 'laconic.response_tokens_mean',
          metric_name: 'mean response tokens',
          metric_unit: 'tokens',
          lower_is_better: true,
          score_type: 'continuous',
          min_score: 0,
          max_score: 'Infinity',
        },
        score_details: tokens,
      },
    ].filter((result) => result !== false),
    ...(run.attempts > 0 && {
      detailed_evaluation_results: {
        format: 'jsonl',
        file_path: file,
        hash_algorithm: 'sha256',
        total_rows: run.attempts,
      },
    }),
  };
}

/** Where the instance file of a run stands among others, as the schema asks: data/a/b/c/UUID_samples.jsonl. */
export function toInstancePath(run: EveryEvalRun, fileId: string): string {
  const [developer = '', ...name] = run.modelId.split('/');
  const folders = [run.evaluationName, name.length === 0 ? 'unknown' : developer];
  const model = name.length === 0 ? developer : name.join('_');
  const steps = [...folders, model].map((step) => step.replaceAll(/[/\\\s]+/g, '_') || 'unknown');
  return `data/${steps.join('/')}/${fileId}_samples.jsonl`;
}

/** The schema takes only UUIDs of version 4, and a run should keep its file name: made from a hash (hexadecimal). */
export function toFileId(sha256: string): string {
  const variant = ((Number.parseInt(sha256.charAt(16), 16) & 3) | 8).toString(16);
  const parts = [
    sha256.slice(0, 8),
    sha256.slice(8, 12),
    `4${sha256.slice(13, 16)}`,
    `${variant}${sha256.slice(17, 20)}`,
    sha256.slice(20, 32),
  ];
  return parts.join('-');
}

function toSeconds(time: string): string {
  return String(Math.floor(Date.parse(time) / 1000));
}

function toSource({ title, version, split }: Run['benchmark']): object {
  return {
    dataset_name: title,
    source_type: 'other',
    additional_details: toTexts({ version, split }),
  };
}

type Interval = { low: number; high: number; level: number; method: string } | null;

function toScore(score: number | null, interval: Interval, samples: number | null): object | null {
  if (score === null) return null;
  if (interval === null) return { score };
  return {
    score,
    uncertainty: {
      confidence_interval: {
        lower: interval.low,
        upper: interval.high,
        confidence_level: interval.level,
        method: interval.method,
      },
      ...(samples !== null && { num_samples: samples }),
    },
  };
}

/** Those decoding parameters that the schema names; all of them stand in the details as texts. */
function toArguments(decoding: Run['decoding']): Record<string, number> {
  const named: Record<string, number> = {};
  for (const name of ['temperature', 'top_p', 'top_k']) {
    const value = decoding[name];
    if (typeof value === 'number') named[name] = value;
  }
  const most = decoding.max_tokens;
  if (typeof most === 'number' && Number.isInteger(most) && most > 0) named.max_tokens = most;
  return named;
}

function toTexts(values: Readonly<Record<string, unknown>>): Texts {
  const texts: Texts = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined)
      texts[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return texts;
}
