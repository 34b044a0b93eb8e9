import type { Session } from '#lib/db/client.ts';
import {
  copyBenchmark,
  finishBenchmark,
  insertItems,
  listItemGolds,
  type KnownBenchmark,
} from '#lib/db/declare-benchmark.ts';
import { finishRun } from '#lib/db/declare-run.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { AttemptWriter } from './attempt-writer.ts';
import { chooseFormat } from './choose-format.ts';
import { inferVerifier } from './infer-verifier.ts';
import { ItemCatalogue } from './item-catalogue.ts';
import { openTarget, type TargetRequest } from './open-target.ts';
import { readSample } from './recognise.ts';
import { RowPlacer } from './row-placer.ts';
import { readRows } from './source-rows.ts';
import type { IngestFinding } from './tally.ts';

/** Items are written when this many are new. */
const ITEMS_AT_ONCE = 5_000;

export interface IngestRequest extends TargetRequest {
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
  const target = await openTarget(session, request, format, { sample, state: 'scoring' });
  const catalogue = new ItemCatalogue(await listItemGolds(session, target.benchmark.id), {
    mayGrow: target.isNew || header.extend,
  });
  const placer = new RowPlacer(format.importer, catalogue, header.rowPolicy);
  const { tally } = placer;
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
    for await (const rows of readRows(source)) {
      for (const row of rows) {
        for (const attempt of placer.place(row))
          await writer.add({ ...attempt, position: writer.count });
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
