import type { Session } from '#lib/db/client.ts';
import {
  copyBenchmark,
  createBenchmark,
  findBenchmark,
  finishBenchmark,
  insertItems,
  listItemGolds,
  lockBenchmarkName,
  type KnownBenchmark,
} from '#lib/db/declare-benchmark.ts';
import {
  createRun,
  findOrCreateMethod,
  findOrCreateModel,
  finishRun,
} from '#lib/db/declare-run.ts';
import { AppError } from '#lib/errors.ts';
import { FileMemory } from '#lib/importers/fields/file-memory.ts';
import type { FileSample, Importer } from '#lib/importers/importer.ts';
import type { SubmissionHeader } from '#lib/schemas/submission.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { AttemptWriter } from './attempt-writer.ts';
import { chooseFormat } from './choose-format.ts';
import { inferVerifier } from './infer-verifier.ts';
import { ItemCatalogue } from './item-catalogue.ts';
import { importRow } from './json-row-import.ts';
import { readSample, type RecognisedFormat } from './recognise.ts';
import { readRows, type SourceRow } from './source-rows.ts';
import { Tally, type IngestFinding } from './tally.ts';
import { toUnpackedAttempt, type UnpackedAttempt } from './to-attempt.ts';

export const DEFAULT_TOKENIZER = 'o200k';

/** Items are written when this many are new. */
const ITEMS_AT_ONCE = 5_000;

export interface IngestRequest {
  submissionId: string | null;
  header: SubmissionHeader;
  /** The stored name of the file: some formats keep facts only there. */
  fileName: string;
  ownerTokenId: string | null;
  /** Only an admin's declared benchmark is public at once. */
  isAdmin: boolean;
  /** The raw bytes from the beginning; called for the sample and for each pass. */
  open: () => Promise<AsyncIterable<Uint8Array>>;
}

/** What became of a file: its rows are either stored or rejected. */
export interface IngestResult {
  runId: string;
  benchmark: KnownBenchmark;
  format: string;
  evidence: string;
  attempts: number;
  samplesPerItem: number;
  hasReportedTokens: boolean;
  hasText: boolean;
  received: number;
  rejected: number;
  findings: IngestFinding[];
  warnings: Record<string, number>;
}

/**
 * Reads a whole file into attempts inside the session's transaction, in bounded memory: everything is stored or
 * nothing. Safe to run again after a rollback, because the raw file is read from its beginning.
 */
export async function ingestFile(
  session: Session,
  request: IngestRequest,
  onProgress: (rows: number) => Promise<void>,
): Promise<IngestResult> {
  const { header } = request;
  const sample = await readSample(request.fileName, await request.open());
  const format = chooseFormat(sample, header);
  const target = await openTarget(session, request, format, sample);
  const catalogue = new ItemCatalogue(await listItemGolds(session, target.benchmark.id), {
    mayGrow: target.isNew || header.extend,
  });
  const tally = new Tally(header.rowPolicy);
  let benchmark = target.benchmark;
  const addItems = async (least: number) => {
    if (catalogue.addedCount < least || tally.isRefused) return;
    if (!target.isNew && benchmark === target.benchmark) {
      benchmark = await copyBenchmark(session, benchmark);
    }
    const added = catalogue.takeAdded();
    tally.sampleGolds(added);
    await insertItems(session, benchmark.id, added);
  };
  const writer = new AttemptWriter(session, target.runId);
  try {
    const source = { importer: format.importer, sample, open: request.open };
    const memory = new FileMemory();
    for await (const rows of readRows(source)) {
      for (const row of rows) {
        const placed = placeRow(row, { importer: format.importer, memory, catalogue, tally });
        for (const attempt of placed) await writer.add({ ...attempt, position: writer.count });
      }
      // Not at every piece of the file: the statement waits for the copy that is under way.
      await addItems(ITEMS_AT_ONCE);
      await onProgress(tally.received);
    }
    await addItems(1);
    await writer.finish();
  } finally {
    writer.close();
  }
  tally.assertAcceptable({
    fileName: request.fileName,
    expectedRows: header.expected.rows,
    attempts: writer.count,
  });

  const isGrown = benchmark !== target.benchmark || target.isNew;
  if (isGrown) {
    const verifier = target.isNew
      ? verifiers.get(header.verifier ?? inferVerifier(tally.golds).id)
      : verifiers.get(benchmark.verifier);
    benchmark = {
      ...benchmark,
      itemCount: catalogue.size,
      verifier: verifier.id,
      verifierVersion: verifier.version,
    };
    await finishBenchmark(session, benchmark);
  }
  await finishRun(session, {
    id: target.runId,
    benchmarkId: benchmark.id,
    attempts: writer.count,
    samplesPerItem: catalogue.samplesPerItem,
    tokenSource: tally.tokenSource,
  });
  return {
    runId: target.runId,
    benchmark,
    format: format.importer.id,
    evidence: format.evidence,
    attempts: writer.count,
    samplesPerItem: catalogue.samplesPerItem,
    hasReportedTokens: tally.tokenSource !== 'unknown',
    hasText: tally.hasText,
    received: tally.received,
    rejected: tally.rejected,
    findings: tally.findings,
    warnings: tally.warnings,
  };
}

/** The attempts of one row in their places; none, and a finding in the tally, when the row can't be stored. */
function placeRow(
  row: SourceRow,
  into: { importer: Importer; memory: FileMemory; catalogue: ItemCatalogue; tally: Tally },
): UnpackedAttempt[] {
  const { catalogue, tally } = into;
  tally.received += 1;
  if (row.error !== null) {
    tally.reject(row.error);
    return [];
  }
  tally.note(row.changes);
  const imported = importRow(into.importer, row, into.memory);
  if (imported.error !== null) {
    tally.reject(imported.error);
    return [];
  }
  const places = catalogue.place(imported.attempts);
  if (!Array.isArray(places)) {
    tally.reject({ ...places, line: row.line, byteOffset: row.byteOffset });
    return [];
  }
  // The file is lost already: it is only read on so that its report is complete.
  if (tally.isRefused) return [];
  return imported.attempts.flatMap((attempt, index) => {
    const place = places[index];
    if (place === undefined) return [];
    tally.see(attempt);
    return [toUnpackedAttempt(attempt, { ...place, sourceRow: tally.received })];
  });
}

/** The benchmark and the empty run that the rows go to. */
async function openTarget(
  session: Session,
  request: IngestRequest,
  format: RecognisedFormat,
  sample: FileSample,
): Promise<{ benchmark: KnownBenchmark; isNew: boolean; runId: string }> {
  const { header, ownerTokenId } = request;
  await lockBenchmarkName(session, header.benchmark);
  const known = await findBenchmark(session, { name: header.benchmark, split: header.split });
  const isVisible =
    known !== null &&
    (request.isAdmin || known.visibility === 'public' || known.ownerTokenId === ownerTokenId);
  if (known !== null && !isVisible) {
    throw new AppError(
      'conflict',
      `The benchmark name "${header.benchmark}" is taken by somebody else's unpublished benchmark; choose another name.`,
    );
  }
  if (known === null && !header.declare) {
    throw new AppError(
      'not_found',
      `There is no benchmark "${header.benchmark}" with split "${header.split}"; check the name, or let the file declare it.`,
    );
  }
  const benchmark = known ?? (await declareBenchmark(session, request));
  const hints = format.importer.hints(sample);
  const label = header.label ?? header.method ?? header.model;
  const runId = await createRun(session, {
    submissionId: request.submissionId,
    benchmarkId: benchmark.id,
    modelId: await findOrCreateModel(session, { name: header.model }),
    methodId:
      header.method === undefined
        ? null
        : await findOrCreateMethod(session, { name: header.method }),
    label,
    family: header.family ?? header.method ?? null,
    isFamilyBase: false,
    params: header.params,
    decoding: { ...hints.params, ...header.decoding },
    trustLevel: 'scored',
    traceVisibility: header.traceVisibility,
    visibility: header.visibility,
    state: 'scoring',
    citation: null,
    sourceFormat: format.importer.id,
    ownerTokenId,
  });
  return { benchmark, isNew: known === null, runId };
}

async function declareBenchmark(session: Session, request: IngestRequest): Promise<KnownBenchmark> {
  const { header } = request;
  if (/@\d+$/.test(header.benchmark)) {
    throw new AppError(
      'not_found',
      `There is no benchmark version "${header.benchmark}"; leave the version out to declare a new benchmark.`,
    );
  }
  const verifier = verifiers.get(header.verifier ?? 'math');
  return createBenchmark(session, {
    name: header.benchmark,
    version: 1,
    split: header.split,
    title: header.benchmark,
    description: null,
    visibility: request.isAdmin ? header.visibility : 'unlisted',
    verifier: verifier.id,
    verifierVersion: verifier.version,
    policy: {},
    tokenizer: header.tokenizer ?? DEFAULT_TOKENIZER,
    licence: null,
    source: `declared by the file ${request.fileName}`,
    axis: null,
    ownerTokenId: request.ownerTokenId,
  });
}
