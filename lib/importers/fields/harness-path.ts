import type { RunHints } from '#lib/importers/importer.ts';

const FILE_NAME =
  /^(?<split>[a-z]+)_(?<prompt>.+)_(?<count>-?\d+)_seed(?<seed>-?\d+)_t(?<temperature>\d+(?:\.\d+)?)_s(?<start>-?\d+)_e(?<end>-?\d+)(?:_|\.jsonl|$)/;

// prettier-ignore -- a list of names reads best in lines.
/** The data sets that the harness and its descendants ship; any other folder name could be anything. */
const BENCHMARKS: ReadonlySet<string> = new Set([
  'aime24',
  'aime25',
  'amc23',
  'aqua',
  'asdiv',
  'carp_en',
  'cmath',
  'cn_middle_school',
  'college_math',
  'gaokao2023en',
  'gaokao2024_i',
  'gaokao2024_ii',
  'gaokao2024_mix',
  'gaokao_math_cloze',
  'gaokao_math_qa',
  'gpqa',
  'gsm8k',
  'hmmt25',
  'math',
  'math500',
  'math_500',
  'mawps',
  'minerva_math',
  'mmlu_stem',
  'olympiadbench',
  'sat_math',
  'svamp',
  'tabmwp',
]);

const STEP_FOLDER = /^(?:global_?|check_?point[-_]?)?(?:step)?[-_]?(?<step>\d+)$/i;

const UNNAMED_FOLDER =
  /^(?:\.{0,2}|outputs?|results?|eval(?:uation|_results?)?|math_eval|data|tmp|downloads)$/i;

/**
 * Temperature, seed, prompt type and split stand in the harness's file name only; benchmark and model
 * in its folders `…/<model>/[<step>/]<benchmark>/<file>`. What is not recognised stays unknown.
 */
export function readHarnessPath(path: string): RunHints {
  const parts = path.split(/[/\\]/);
  const fileName = parts.pop() ?? '';
  const folders = [...parts];
  const params: Record<string, string | number | boolean> = {};
  const fields = FILE_NAME.exec(fileName)?.groups;
  if (fields !== undefined) {
    params.temperature = Number(fields.temperature);
    params.seed = Number(fields.seed);
    params.prompt_type = fields.prompt ?? '';
    if (fields.count !== '-1') params.test_sample_count = Number(fields.count);
    if (fields.start !== '0') params.start = Number(fields.start);
    if (fields.end !== '-1') params.end = Number(fields.end);
  }

  const benchmark = folders.at(-1)?.toLowerCase() ?? '';
  if (!BENCHMARKS.has(benchmark)) {
    return { benchmark: null, split: fields?.split ?? null, model: null, params };
  }
  folders.pop();
  const step = STEP_FOLDER.exec(folders.at(-1) ?? '')?.groups?.step;
  if (step !== undefined) {
    params.step = Number(step);
    folders.pop();
  }
  const model = folders.at(-1) ?? '';
  return {
    benchmark,
    split: fields?.split ?? null,
    model: UNNAMED_FOLDER.test(model) ? null : model,
    params,
  };
}
