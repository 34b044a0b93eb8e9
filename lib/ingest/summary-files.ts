/** A file that evaluations write beside their samples, known by its fields. */
interface SummaryFile {
  fields: readonly string[];
  /** What it is, and what to send instead. */
  advice: string;
}

const OPENCOMPASS =
  'an OpenCompass summary (results/): send the file of the same name in predictions/';

const SUMMARY_FILES: readonly SummaryFile[] = [
  {
    fields: ['results', 'configs', 'n-samples'],
    advice:
      'lm-evaluation-harness results without samples: send samples_*.jsonl, which --log_samples writes',
  },
  {
    fields: ['config_general', 'results'],
    advice: 'lighteval results without samples: send the parquet file of the details folder',
  },
  {
    fields: ['model_info', 'evaluation_results'],
    advice:
      'an every_eval_ever aggregate: send the instance file that detailed_evaluation_results names',
  },
  {
    fields: ['adapter_spec', 'metric_specs'],
    advice: 'the specification of a HELM run: send its scenario_state.json',
  },
  {
    fields: ['configuration', 'total_completion_tokens'],
    advice: 'a SkyThought summary: send its results.json',
  },
  {
    fields: ['num_samples', 'num_scores', 'acc'],
    advice: 'metrics of the Qwen2.5-Math harness: send the .jsonl file beside them',
  },
  {
    fields: ['instance_id', 'stats'],
    advice: 'statistics of a HELM run: send its scenario_state.json',
  },
  {
    fields: ['sum_squared', 'mean', 'name'],
    advice: 'statistics of a HELM run: send its scenario_state.json',
  },
  {
    fields: ['output_list', 'graded_list'],
    advice: 'LiveCodeBench results: programs are not executed here',
  },
  {
    fields: ['name', 'definition_path', 'description'],
    advice: 'the scenario of a HELM run: send its scenario_state.json',
  },
  {
    fields: ['total_tasks', 'total_attempts', 'task_results'],
    advice: 'ARC totals: they hold no outputs',
  },
  {
    fields: ['attempt_1'],
    advice: 'ARC attempts: their answers are grids, which no verifier here reads',
  },
  {
    fields: ['$schema', 'properties'],
    advice: 'a JSON Schema: it describes files and holds no samples',
  },
  {
    fields: ['doc', 'metric', 'model_response'],
    advice: 'a row of lighteval details: send the parquet file of the details folder',
  },
];

/** OpenCompass writes the number of repeats into the names of its figures: `accuracy (8 runs average)`, `G-Pass@8_0.5`. */
const OPENCOMPASS_FIGURE = /^(?:accuracy|score)(?: \(\d+ runs average\))?$|^m?G-Pass@\d+/;

/** What a file is that holds no samples we read; null when it is not known. */
export function knownSummary(record: Readonly<Record<string, unknown>>): string | null {
  if ('details' in record && Object.keys(record).some((field) => OPENCOMPASS_FIGURE.test(field)))
    return OPENCOMPASS;
  const known = SUMMARY_FILES.find(({ fields }) => fields.every((field) => field in record));
  return known?.advice ?? null;
}
