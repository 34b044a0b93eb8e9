import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { withTransaction, type Db, type Session } from '#lib/db/client.ts';
import { createBenchmark, findBenchmark, lockBenchmarkName } from '#lib/db/declare-benchmark.ts';
import { createRun, findOrCreateMethod, findOrCreateModel } from '#lib/db/declare-run.ts';
import { orderRanking } from '#lib/db/ranking.ts';
import { writeReportedSummary } from '#lib/db/summaries.ts';
import {
  findPublishedFamily,
  parseMethodCatalogue,
  type CatalogueMethod,
} from '#lib/demo/methods.ts';
import {
  parseLaserResults,
  parseSimplerlZooResults,
  type PublishedBenchmark,
  type PublishedResult,
} from '#lib/demo/published.ts';
import { ROOT } from '#lib/env.ts';
import { toReportedFigures } from '#lib/leaderboard/board-row.ts';
import type { Params } from '#lib/schemas/identifiers.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { DEFAULT_TOKENIZER } from './open-target.ts';

/**
 * Fixed corners of the hypervolume by benchmark version, so that scores do not drift as runs come in: no gain beyond
 * the context limit of 32,768 tokens or below the accuracy of knowing nothing.
 */
const AXIS = { referenceTokens: 32_768, referenceAccuracy: 0 };

const TITLES: Readonly<Record<PublishedBenchmark, string>> = {
  MATH500: 'MATH500: 500 competition problems of the MATH test set',
  AIME24: 'AIME 2024: 30 problems of the invitational examination',
  AMC23: 'AMC 2023: 40 problems of the American contest',
  OlympiadBench: 'OlympiadBench: olympiad problems in English, text only',
  GSM8K: 'GSM8K: grade-school word problems',
  Minerva: 'Minerva Math: undergraduate quantitative problems',
};

/**
 * The published tables as runs of level `reported`: figures with a citation, without attempts and without intervals.
 * Does nothing when they are there. Returns the number of runs added.
 */
export async function addPublishedResults(db: Db): Promise<number> {
  const read = (name: string) =>
    readFile(path.join(ROOT, 'lib', 'demo', 'published', name), 'utf8');
  const methods = parseMethodCatalogue(await read('methods.csv'));
  const results = [
    ...parseLaserResults(await read('laser.csv')),
    ...parseSimplerlZooResults(await read('simplerl-zoo.csv')),
  ];
  return withTransaction(db, async (session) => {
    await lockBenchmarkName(session, 'published results');
    if ((await findBenchmark(session, { name: 'MATH500', split: 'test' })) !== null) return 0;
    for (const method of methods) await findOrCreateMethod(session, toMethod(method));
    const benchmarks = new Map<string, string>();
    for (const result of results) {
      const id =
        benchmarks.get(result.benchmark) ?? (await addBenchmark(session, result.benchmark));
      benchmarks.set(result.benchmark, id);
      await addResult(session, id, result, methods);
    }
    await orderRanking(session, [...benchmarks.values()]);
    return results.length;
  });
}

async function addBenchmark(session: Session, name: PublishedBenchmark): Promise<string> {
  const verifier = verifiers.get('math');
  const { id } = await createBenchmark(session, {
    name,
    version: 1,
    split: 'test',
    title: TITLES[name],
    description:
      'Figures as published by their authors; the items are not part of this installation.',
    visibility: 'public',
    verifier: verifier.id,
    verifierVersion: verifier.version,
    policy: {},
    tokenizer: DEFAULT_TOKENIZER,
    licence: null,
    source: 'published tables',
    axis: AXIS,
    ownerTokenId: null,
  });
  return id;
}

async function addResult(
  session: Session,
  benchmarkId: string,
  result: PublishedResult,
  methods: readonly CatalogueMethod[],
): Promise<void> {
  const family = findPublishedFamily(result.family);
  const method = methods.find(({ id }) => id === family?.methodId);
  const runId = await createRun(session, {
    submissionId: null,
    benchmarkId,
    modelId: await findOrCreateModel(session, { name: result.baseModel }),
    methodId: method === undefined ? null : await findOrCreateMethod(session, toMethod(method)),
    label: toLabel(result),
    family: family?.label ?? result.family,
    isFamilyBase: result.isBase,
    params: result.parameter === null ? {} : { [result.parameter.name]: result.parameter.value },
    decoding: toDecoding(result),
    trustLevel: 'reported',
    traceVisibility: 'unknown',
    visibility: 'public',
    state: 'done',
    citation: { arxiv: result.citation, note: result.metric.name },
    sourceFormat: null,
    ownerTokenId: null,
  });
  await writeReportedSummary(
    session,
    runId,
    toReportedFigures({
      accuracy: result.accuracy,
      tokensMean: result.meanTokens,
      samplesPerItem: result.metric.samplesPerItem,
    }),
  );
}

/** One table prints the same benchmark under two metrics: the metric is part of the name there. */
function toLabel({ study, method, metric, benchmark }: PublishedResult): string {
  return study === 'simplerl-zoo' && benchmark === 'AIME24' ? `${method} (${metric.name})` : method;
}

function toDecoding({ metric }: PublishedResult): Params {
  return {
    metric: metric.name,
    ...(metric.temperature !== null && { temperature: metric.temperature }),
    ...(metric.topP !== null && { top_p: metric.topP }),
    ...(metric.maxTokens !== null && { max_tokens: metric.maxTokens }),
  };
}

function toMethod(method: CatalogueMethod) {
  return {
    name: method.name,
    stage: method.stage,
    substage: method.substage,
    arxiv: method.arxivId,
    mechanism: method.mechanism,
  };
}
