import { createReadStream, existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { FileMemory } from '#lib/importers/fields/file-memory.ts';
import { importers } from '#lib/importers/index.ts';
import { createMappingImporter } from '#lib/importers/mapping/mapping-importer.ts';
import { Mapping } from '#lib/importers/mapping/mapping.ts';
import { inspectFile, type FileReport } from '#lib/ingest/inspect-file.ts';

const DATA = '../shared/data';

/** True where the data of others are; what is skipped is told. */
function has(folder: string): boolean {
  const isThere = existsSync(join(DATA, folder));
  if (!isThere) process.stdout.write(`skipped: ${DATA}/${folder} is not there\n`);
  return isThere;
}

function inspect(path: string, importer: Parameters<typeof inspectFile>[0]['importer'] = null) {
  const file = join(DATA, path);
  return inspectFile({ file, importer, open: () => Promise.resolve(createReadStream(file)) });
}

function byMapping(name: string, change: (text: string) => string = (text) => text) {
  const text = readFileSync(`docs/examples/${name}.mapping.json`, 'utf8');
  return createMappingImporter(Mapping.parse(JSON.parse(change(text))));
}

/** Rows, attempts and items. */
type Counts = [number, number, number];

test.each<[string, string, Counts, string]>([
  [
    'lm-eval-harness/samples_math_perturbed_full_2026-01-21T03-44-18.458309.jsonl',
    'lm-eval-harness',
    [10, 10, 10],
    'unknown',
  ],
  [
    'helm/narrative_qa-model=openai_gpt2/scenario_state.json',
    'helm-scenario-state',
    [5, 5, 5],
    'runner',
  ],
  ['openai-batch/synthetic_output.jsonl', 'openai-batch', [3, 3, 3], 'provider'],
  ['opencompass/synthetic_tmp.jsonl', 'opencompass-unfinished', [1, 1, 1], 'unknown'],
  ['vllm/synthetic_run_batch.jsonl', 'openai-batch', [1, 1, 1], 'provider'],
  ['vllm/synthetic_generate_dump.jsonl', 'vllm-offline', [1, 2, 1], 'runner'],
  ['opencompass/synthetic_predictions_gsm8k.json', 'opencompass-predictions', [2, 2, 2], 'runner'],
  ['skythought/synthetic_results.json', 'skythought', [1, 2, 1], 'runner'],
  ['evalchemy/synthetic_results.json', 'evalchemy', [1, 2, 1], 'unknown'],
  ['reasoning-gym/synthetic_results.json', 'reasoning-gym', [1, 2, 1], 'unknown'],
  ['verl/synthetic_validation_120.jsonl', 'verl-rollouts', [2, 2, 1], 'unknown'],
  ['every_eval_ever/example_samples.jsonl', 'every-eval-ever', [1, 1, 1], 'runner'],
  ['qwen2.5-math/math_cot_first3.jsonl', 'qwen-math-harness', [3, 24, 3], 'unknown'],
  ['inspect/2025-05-12T20-28-13-04-00_popularity.json', 'inspect-log', [3, 3, 3], 'provider'],
  ['inspect/data_arc_qwen.json', 'inspect-log', [3, 3, 3], 'provider'],
  ['inspect/data_cvebench_empty_choices.json', 'inspect-log', [1, 1, 1], 'unknown'],
  ['inspect/data_pubmedqa_gpt4o_mini.json', 'inspect-log', [2, 2, 2], 'provider'],
  ['inspect/log_formats.json', 'inspect-log', [1, 1, 1], 'provider'],
  ['inspect/log_formats.eval', 'inspect-eval', [1, 1, 1], 'provider'],
  ['inspect/log_streaming.eval', 'inspect-eval', [4, 4, 2], 'provider'],
  ['inspect/log_message_deduplication.eval', 'inspect-eval', [1, 1, 1], 'unknown'],
  ['inspect/mmlu-summary-choices.eval', 'inspect-eval', [1, 1, 1], 'provider'],
])('%s is read whole as %s', async (path, format, [rows, attempts, items], source) => {
  if (!has(`formats/${path}`)) return;
  const report = await inspect(`formats/${path}`);
  expect(report).toMatchObject({
    format,
    rows: { received: rows, read: rows, rejected: 0 },
    attempts,
    items,
  });
  expect(Object.keys(report.tokens.sources)).toContain(source);
});

test('fifty samples an item give the mean scores that the runs are known by', async () => {
  const folder = 'real/rg-llama3b-repeats';
  if (!has(folder)) return;
  const known = {
    step_400_aime2024: 0.024,
    step_800_aime2024: 0.026667,
    step_400_amc23: 0.144,
    step_800_amc2023: 0.1415,
  };
  for (const [name, mean] of Object.entries(known)) {
    const report = await inspect(`${folder}/${name}.json`);
    expect(report.format).toBe('reasoning-gym');
    expect(report.samplesPerItem).toEqual({ least: 50, most: 50 });
    expect(report.reported?.meanScore).toBeCloseTo(mean, 6);
  }
});

test('files of one data set agree with the averages that they carry', async () => {
  const folder = 'real/reasoning-gym/easy';
  if (!has(folder)) return;
  const files = globSync(join(DATA, folder, '*/*.json'));
  expect(files.length).toBe(42);
  for (const file of files) {
    const own = JSON.parse(readFileSync(file, 'utf8')) as {
      average_mean_score: number;
      total_examples: number;
      results: { completions: unknown[] }[];
    };
    const report = await inspectFile({
      file,
      importer: null,
      open: () => Promise.resolve(createReadStream(file)),
    });
    expect(report.rows).toMatchObject({ received: own.total_examples, rejected: 0 });
    expect(report.attempts).toBe(
      own.results.reduce((sum, { completions }) => sum + completions.length, 0),
    );
    const isEven = report.samplesPerItem?.least === report.samplesPerItem?.most;
    if (isEven) expect(report.reported?.meanScore).toBeCloseTo(own.average_mean_score, 6);
  }
});

test('well-posed questions have the lengths that the source is known by', async () => {
  const folder = 'real/mip-overthinking/response';
  if (!has(folder)) return;
  const importer = byMapping('mip-overthinking-normal');
  const length = async (path: string, by = importer) => {
    const report = await inspect(`${folder}/${path}/response.json`, by);
    expect(report.rows.rejected + report.rows.skipped).toBe(0);
    return Math.round(report.characters / report.attempts);
  };
  expect(await length('gsm8k/normal/QwQ')).toBe(6440);
  expect(await length('gsm8k/normal/deepseekR1')).toBe(4399);
  expect(await length('gsm8k/normal/gpt4o')).toBe(728);
  expect(await length('math/normal/DSQ')).toBe(9137);
  const missing = byMapping('mip-overthinking-missing-premise');
  expect(await length('math/MiP/DSQ', missing)).toBe(34_059);
  const o1 = await inspect(`${folder}/gsm8k/normal/o1/response.json`, importer);
  expect(Math.round((o1.tokens.outputTotal ?? 0) / o1.attempts)).toBe(348);
  const distilled = await inspect(`${folder}/math/normal/DSQ/response.json`, importer);
  expect((distilled.reported?.meanScore ?? 0) * 100).toBeCloseTo(96.2, 1);
});

test('files with and without questions have the same items with the same golds', () => {
  const folder = 'real/mip-overthinking/response/math/normal';
  if (!has(folder)) return;
  const importer = byMapping('mip-overthinking-math');
  const goldsOf = (model: string) => {
    const text = readFileSync(join(DATA, folder, model, 'response.json'), 'utf8');
    const memory = new FileMemory();
    const rows = JSON.parse(text) as unknown[];
    return rows.flatMap((row, index) =>
      importer
        .parseRow(row, { path: [index], around: [], memory })
        .map(({ item }) => [item.key, item.gold]),
    );
  };
  const all = readdirSync(join(DATA, folder)).map(goldsOf);
  expect(all[0]).toHaveLength(52);
  for (const golds of all) expect(golds).toEqual(all[0]);
});

test('provider counts of four problems give the means that the models are known by', async () => {
  const folder = 'real/lrm-token-economy/data';
  if (!has(folder)) return;
  const mean = async (model: string) => {
    const importer = byMapping('lrm-token-economy', (text) =>
      text.replaceAll('gpt-oss-120b', model),
    );
    const reports: FileReport[] = [];
    for (const name of ['aime2023', 'question2', 'gptoss']) {
      reports.push(await inspect(`${folder}/output_queries_${name}.json`, importer));
    }
    const attempts = reports.reduce((sum, report) => sum + report.attempts, 0);
    expect(attempts).toBe(20);
    return reports.reduce((sum, { tokens }) => sum + (tokens.outputTotal ?? 0), 0) / attempts;
  };
  expect(await mean('deepseek-r1')).toBeCloseTo(2319, -0.5);
  expect(await mean('gpt-oss-120b')).toBeCloseTo(1167, -0.5);
});

test('votes over ten samples come from tables with line breaks inside their quotes', async () => {
  const folder = 'real/jhu-concise-cot/details';
  if (!has(folder)) return;
  const importer = byMapping('jhu-concise-cot');
  const files = globSync(join(DATA, folder, '*.csv'));
  expect(files.length).toBe(24);
  for (const file of files) {
    const report = await inspectFile({
      file,
      importer,
      open: () => Promise.resolve(createReadStream(file)),
    });
    expect(report).toMatchObject({
      rows: { received: 100, read: 100 },
      attempts: 1000,
      samplesPerItem: { least: 10, most: 10 },
      tokens: { outputTotal: null },
    });
  }
});

test('methods on one benchmark have the accuracies that they are known by', async () => {
  const folder = 'real/cumulative-reasoning-math500';
  if (!has(folder)) return;
  const importer = byMapping('cumulative-reasoning-math500');
  const known = { 'complex-cot': 48.8, php: 53.8, 'cr-4shot': 54.2, 'cr-4shot-php': 58 };
  for (const [method, accuracy] of Object.entries(known)) {
    const report = await inspect(`${folder}/results-math-${method}-gpt-4.jsonl`, importer);
    expect(report.rows).toMatchObject({ received: 500, read: 500 });
    expect((100 * (report.reported?.correct ?? 0)) / report.attempts).toBeCloseTo(accuracy, 6);
  }
  const agents = byMapping('cumulative-reasoning-agents');
  const characters = [];
  for (const file of globSync(join(DATA, folder, 'agent/*.jsonl')).sort()) {
    const open = () => Promise.resolve(createReadStream(file));
    const report = await inspectFile({ file, importer: agents, open });
    characters.push(Math.round(report.characters / report.attempts));
  }
  expect(characters).toEqual([939, 4302]);
});

test('files that hold no samples are claimed by nobody', async () => {
  if (!has('formats')) return;
  for (const path of [
    'helm/narrative_qa-model=openai_gpt2/stats.json',
    'skythought/synthetic_summary.json',
    'every_eval_ever/example.json',
    'arc-agi/results.json',
  ]) {
    await expect(inspect(`formats/${path}`)).rejects.toMatchObject({ code: 'unsupported_format' });
  }
  expect(importers.all.length).toBeGreaterThanOrEqual(18);
});
