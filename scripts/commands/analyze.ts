import { createReadStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { comparePairs, compareRuns, type RunComparison } from '#lib/analysis/compare-runs.ts';
import { frontOfRuns } from '#lib/analysis/front-of-runs.ts';
import { columnsOfSamples } from '#lib/analysis/item-columns.ts';
import { reportRun } from '#lib/analysis/run-report.ts';
import { AppError } from '#lib/errors.ts';
import { analyseFile, REPORTED, type AnalysedFile } from '#lib/jobs/analyse-file.ts';
import { ScoringPool } from '#lib/jobs/scoring-pool.ts';
import { VerdictPool } from '#lib/judge/verdict-pool.ts';
import { hasSameItems } from '#lib/metrics/run/run-samples.ts';
import { TraceVisibility } from '#lib/schemas/identifiers.ts';
import { DEFAULT_DRAWS } from '#lib/stats/bootstrap.ts';
import { addTokenizerFile, knownTokenizers, readTokenizerFile } from '#lib/known-tokenizers.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { parsePolicy } from '#lib/verifiers/parse-policy.ts';
import { fileLabels } from '../analyze/file-labels.ts';
import { describeComparison, describeFront, describeRun } from '../analyze/report-text.ts';
import type { Command } from '../command.ts';
import { assertFile, chooseImporter } from '../inspect/choose-importer.ts';
import { parseKeyValues } from '../key-values.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

export const command: Command = {
  summary:
    'Judge and measure results files without a server: metrics, redundancy, front, comparisons',
  usage: `Usage: laconic analyze FILE… [--baseline FILE] [options]

Reads each file in any known format (plain, gzip or zstd), judges and counts it as a board would, and prints every metric
with its interval or the reason why it has no value, where tokens go by difficulty, the front over the files, and each
file against the baseline, item by item. The same functions as the pages; nothing is stored or sent.

  --baseline FILE      what the others are compared with, and the base of AES and its like; default: the first file
  --verifier ID        default: chosen by the golds; \`reported\` takes the score that the file brings
  --policy key=value   a convention of the verifier; may be repeated
  --tokenizer T        count with this, an id or the path of a tokenizer.json; default: the file's own counts where every answer has one, else o200k
  --trace V            what the outputs show of the reasoning: full, summary, hidden, unknown (default)
  --price-in, --price-out   US dollars for a million tokens, for the cost of a pass
  --pairs              the files come two by two: each second one is compared with the one before it, as one family
  --intersect          compare the items that both files have, where they differ
  --draws N            resamples of every bootstrap, default ${DEFAULT_DRAWS.toLocaleString('en')}; --seed TEXT: default laconic
  --format ID, --mapping FILE   for files that are not recognised
  --workers N          threads; default: as many as the machine has
  --json               one JSON object: runs, comparisons, front

Exit code: 0, 1 when rows were rejected or a file can not be read, 2 for wrong use or a format that is not recognised.`,
  run: analyze,
};

const FLAGS = {
  baseline: { type: 'string' },
  verifier: { type: 'string' },
  policy: { type: 'string', multiple: true },
  tokenizer: { type: 'string' },
  trace: { type: 'string' },
  'price-in': { type: 'string' },
  'price-out': { type: 'string' },
  pairs: { type: 'boolean', default: false },
  intersect: { type: 'boolean', default: false },
  draws: { type: 'string' },
  seed: { type: 'string' },
  format: { type: 'string' },
  mapping: { type: 'string' },
  workers: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const Numbers = z.object({
  'price-in': z.coerce.number().min(0).optional(),
  'price-out': z.coerce.number().min(0).optional(),
  draws: z.coerce.number().int().min(100).max(1_000_000).default(DEFAULT_DRAWS),
  workers: z.coerce.number().int().min(1).max(64).optional(),
  trace: TraceVisibility.default('unknown'),
});

async function analyze(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: FLAGS,
  });
  if (positionals.length === 0) throw new UsageError('analyze takes at least one file.');
  const numbers = Numbers.parse(values);
  const { verifier = null, seed = 'laconic' } = values;
  const tokenizer = await chooseTokenizer(values.tokenizer ?? null);
  assertKnown(verifier, tokenizer);
  const policy = parseKeyValues('policy', values.policy ?? []);
  if (verifier !== null && verifier !== REPORTED) assertPolicy(verifier, policy);
  const importer = await chooseImporter(values);
  const baseline = values.baseline ?? null;
  const files =
    baseline === null
      ? positionals
      : [baseline, ...positionals.filter((file) => file !== baseline)];
  if (values.pairs && (baseline !== null || files.length % 2 === 1))
    throw new UsageError('--pairs takes an even number of files and no --baseline.');
  const labels = fileLabels(files);
  const workers = numbers.workers ?? availableParallelism();
  const scoring = new ScoringPool(workers);
  const verdicts = new VerdictPool(workers);
  const analysed: AnalysedFile[] = [];
  try {
    for (const [index, file] of files.entries()) {
      await assertFile(file);
      analysed.push(
        await analyseFile(
          {
            file,
            label: labels[index] ?? file,
            importer,
            verifier,
            policy,
            tokenizer,
            traceVisibility: numbers.trace,
            open: () => Promise.resolve(createReadStream(file)),
          },
          { scoring, verdicts },
        ),
      );
    }
  } finally {
    await Promise.all([scoring.close(), verdicts.close()]);
  }
  const runs = analysed.map(({ run }) => run);
  const { draws } = numbers;
  const price =
    numbers['price-in'] === undefined || numbers['price-out'] === undefined
      ? null
      : { prompt: numbers['price-in'], completion: numbers['price-out'] };
  const base = baseline === null ? null : (runs[0] ?? null);
  const reports = runs.map((run) => {
    const pool = runs.filter(({ samples }) => hasSameItems(run.samples, samples));
    return reportRun(run, { base, pool, price, seed, draws });
  });
  const compare = values.pairs ? comparePairs : compareRuns;
  const comparable = runs.map(({ id, label, lengthColumn, samples }) => ({
    id,
    label,
    lengthColumn,
    columns: columnsOfSamples(samples),
  }));
  const { comparisons, refusal } = attempt(() =>
    compare(comparable, { items: values.intersect ? 'intersect' : 'equal', seed, draws }),
  );
  const front = runs.length > 1 && !values.pairs ? frontOfRuns(comparable, { seed, draws }) : null;
  if (values.json) {
    const told = analysed.map(({ run: _, ...file }, index) => ({ ...file, ...reports[index] }));
    process.stdout.write(
      `${JSON.stringify({ runs: told, comparisons, refusal, front }, null, 2)}\n`,
    );
  } else {
    analysed.forEach((file, index) => {
      const report = reports[index];
      if (report !== undefined) process.stdout.write(`${describeRun(file, report)}\n`);
    });
    for (const comparison of comparisons)
      process.stdout.write(`${describeComparison(comparison)}\n`);
    if (refusal !== null) process.stdout.write(`Not compared: ${refusal}\n\n`);
    if (front !== null) process.stdout.write(describeFront(front));
  }
  return analysed.some(({ rows }) => rows.rejected > 0) ? 1 : 0;
}

/** Runs that can not be compared still have their reports. */
function attempt(compare: () => RunComparison[]): {
  comparisons: RunComparison[];
  refusal: string | null;
} {
  try {
    return { comparisons: compare(), refusal: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'unprocessable') throw error;
    return { comparisons: [], refusal: error.message };
  }
}

/** The id of what is named; a file is read first, so that one that can not be counted with is told at once. */
async function chooseTokenizer(named: string | null): Promise<string | null> {
  if (named?.endsWith('.json') !== true) return named;
  await readTokenizerFile(named);
  return addTokenizerFile(named);
}

function assertKnown(verifier: string | null, tokenizer: string | null): void {
  if (verifier !== null && verifier !== REPORTED && !verifiers.has(verifier)) {
    const known = verifiers.all.map(({ id }) => id).join(', ');
    throw new UsageError(`There is no verifier "${verifier}". Known: ${known}, ${REPORTED}.`);
  }
  if (tokenizer !== null && !knownTokenizers().has(tokenizer)) {
    const known = knownTokenizers()
      .all.map(({ id }) => id)
      .join(', ');
    throw new UsageError(`There is no tokenizer "${tokenizer}". Known: ${known}.`);
  }
}

function assertPolicy(verifier: string, policy: Readonly<Record<string, unknown>>): void {
  parsePolicy(verifiers.get(verifier), policy);
}
