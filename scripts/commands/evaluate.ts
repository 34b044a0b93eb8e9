import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { askCompletion } from '#lib/runner/completion.ts';
import { evaluate, type EvaluationResult, type Task } from '#lib/runner/evaluate.ts';
import { hashOf, openOutputFile, sampleName } from '#lib/runner/output-file.ts';
import { CONNECTION_USAGE, readConnection, requireToken } from '../client/connection.ts';
import { describeSubmission } from '../client/submission-text.ts';
import type { Command } from '../command.ts';
import {
  EVALUATE_FLAGS,
  readBody,
  readEndpoint,
  readSettings,
  readTemplate,
} from '../evaluate/flags.ts';
import { readItems, toPrompt, type AskableItem } from '../evaluate/items.ts';
import { createLine, describe } from '../evaluate/report.ts';
import { submitOutputs } from '../evaluate/submit-outputs.ts';
import { toRow } from '../evaluate/to-row.ts';
import { parseKeyValues } from '../key-values.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

export const command: Command = {
  summary: 'Ask a model behind an OpenAI-compatible server and submit its outputs',
  usage: `Usage: laconic evaluate --endpoint URL --model M --benchmark B [options]

Asks vLLM, Ollama, llama.cpp or a hosted API for every item of a benchmark, writes each answer to a file as it comes,
and submits the file. Giving the same command again goes on where the last one ended; nothing is asked twice.

  --endpoint URL        up to /v1; the key is read from LACONIC_ENDPOINT_KEY, else OPENAI_API_KEY
  --model M             as the endpoint calls it
  --benchmark B         a benchmark of the server; its questions come from there
  --items FILE          the questions come from this file instead
  --samples K           answers for each item; default 1
  --limit N             only the first N items
  --out FILE            default: MODEL-BENCHMARK.jsonl here; FILE.run.json keeps the settings

  --temperature T, --top-p P, --max-tokens N   left to the server when not given
  --seed S              the sample k is asked with S + k
  --system TEXT         a system message
  --template TEXT|FILE  with {question} in it; default: the question and a request to reason and to box the answer
  --body JSON           more members of the request
  --no-stream           ask for whole answers

  --concurrency N       default 8; --retries N: default 6, with growing waits
  --timeout S           of one answer, default 3600; --idle S: silence inside a stream, default 300
  --budget-tokens N     generated tokens in all; --budget-usd X with --price-in and --price-out, $ for a million tokens

  --method, --label, --family, --param key=value, --visibility   as for \`laconic submit\`
  --no-submit           only write the file
  --submit-incomplete   submit also when samples are missing; they then count as not right
  --json                print the result as JSON
${CONNECTION_USAGE}

Exit code: 0 all samples are there and scored (or written, with --no-submit); 1 some are missing or the server refused
them; 2 wrong use.`,
  run,
};

async function run(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...args], options: EVALUATE_FLAGS });
  const { model, benchmark } = values;
  if (model === undefined) throw new UsageError('evaluate needs --model.');
  if (benchmark === undefined && !values['no-submit'])
    throw new UsageError('evaluate needs --benchmark, or --items FILE with --no-submit.');
  const endpoint = readEndpoint(values.endpoint);
  const settings = readSettings(values);
  const template = await readTemplate(values.template);
  const extra = readBody(values.body);
  const connection = readConnection(values);
  if (!values['no-submit']) requireToken(connection);

  const all = await readItems({ benchmark, split: values.split, file: values.items }, connection);
  const items = settings.limit === undefined ? all : all.slice(0, settings.limit);
  const decoding = {
    ...(settings.temperature !== undefined && { temperature: settings.temperature }),
    ...(settings['top-p'] !== undefined && { top_p: settings['top-p'] }),
    ...(settings['max-tokens'] !== undefined && { max_tokens: settings['max-tokens'] }),
  };
  const prompts = {
    template: hashOf(template),
    system: values.system === undefined ? null : hashOf(values.system),
  };
  const out = values.out ?? `${fileWord(model)}-${fileWord(benchmark ?? 'items')}.jsonl`;
  const file = await openOutputFile(out, {
    model,
    benchmark: benchmark ?? null,
    decoding,
    body: extra,
    seed: settings.seed ?? null,
    ...prompts,
  });
  // Sample after sample, so that a run that ends early has every item about as often.
  const tasks: Task<AskableItem>[] = [];
  for (let sampleIndex = 0; sampleIndex < settings.samples; sampleIndex += 1) {
    for (const item of items) {
      if (!file.done.has(sampleName(item.key, sampleIndex))) tasks.push({ item, sampleIndex });
    }
  }
  const stopping = new AbortController();
  const onInterrupt = () => stopping.abort();
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  const line = createLine(tasks.length);
  const key = process.env.LACONIC_ENDPOINT_KEY ?? process.env.OPENAI_API_KEY ?? null;
  let result: EvaluationResult;
  try {
    result = await evaluate(
      tasks,
      ({ item, sampleIndex }) =>
        askCompletion(
          {
            endpoint,
            key: key === '' ? null : key,
            model,
            messages: [
              ...(values.system === undefined
                ? []
                : [{ role: 'system' as const, content: values.system }]),
              { role: 'user' as const, content: toPrompt(item, template) },
            ],
            body: {
              ...decoding,
              ...(settings.seed !== undefined && { seed: settings.seed + sampleIndex }),
              ...extra,
            },
            isStreamed: !values['no-stream'],
          },
          {
            signal: AbortSignal.any([
              stopping.signal,
              AbortSignal.timeout(settings.timeout * 1000),
            ]),
            idleMs: settings.idle * 1000,
            now: () => performance.now(),
          },
        ),
      ({ item, sampleIndex }, outcome) => {
        const params = {
          ...decoding,
          ...(settings.seed !== undefined && { seed: settings.seed + sampleIndex }),
        };
        return file.append(toRow(item, { sampleIndex, params }, outcome));
      },
      {
        concurrency: settings.concurrency,
        tries: settings.retries + 1,
        firstWaitMs: 1_000,
        budget: {
          maxOutputTokens: settings['budget-tokens'] ?? null,
          maxCostUsd: settings['budget-usd'] ?? null,
          prices:
            settings['price-in'] === undefined || settings['price-out'] === undefined
              ? null
              : { input: settings['price-in'], output: settings['price-out'] },
          maxTokensEach: settings['max-tokens'] ?? null,
        },
        signal: stopping.signal,
        now: () => performance.now(),
        jitter: Math.random,
        sleep: async (ms, signal) => {
          await sleep(ms, undefined, { signal }).catch(() => undefined);
        },
        onProgress: line.show,
      },
    );
  } finally {
    line.end();
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    await file.close();
  }
  const missing = tasks.length - result.done;
  if (!values.json) process.stdout.write(describe(result, { out, missing, had: file.done.size }));
  const maySubmit = missing === 0 || (values['submit-incomplete'] && result.stoppedBy !== 'user');
  if (values['no-submit'] || !maySubmit || benchmark === undefined) {
    if (values.json) process.stdout.write(`${JSON.stringify({ out, missing, ...result })}\n`);
    return missing === 0 ? 0 : 1;
  }
  const submission = await submitOutputs(connection, {
    file,
    out,
    header: {
      benchmark,
      split: values.split,
      model,
      method: values.method,
      label: values.label,
      family: values.family,
      visibility: values.visibility,
      params: parseKeyValues('param', values.param ?? []),
      decoding: {
        ...decoding,
        ...(settings.seed !== undefined && { seed: settings.seed }),
        prompt_template: prompts.template,
      },
      declare: values.items !== undefined,
    },
  });
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ out, missing, ...result, submission })}\n`
      : describeSubmission(connection.server, submission),
  );
  return submission.state === 'done' && missing === 0 ? 0 : 1;
}

function fileWord(name: string): string {
  return name.replace(/[^\w.-]+/g, '_').slice(0, 80);
}
