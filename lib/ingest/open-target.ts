import type { Session } from '#lib/db/client.ts';
import {
  createBenchmark,
  findBenchmark,
  lockBenchmarkName,
  type KnownBenchmark,
} from '#lib/db/declare-benchmark.ts';
import { createRun, findOrCreateMethod, findOrCreateModel } from '#lib/db/declare-run.ts';
import { AppError } from '#lib/errors.ts';
import type { FileSample } from '#lib/importers/importer.ts';
import type { SubmissionHeader } from '#lib/schemas/submission.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import type { RecognisedFormat } from './recognise.ts';

export const DEFAULT_TOKENIZER = 'o200k';

/** What is said of a file, and by whom. */
export interface TargetRequest {
  submissionId: string | null;
  header: SubmissionHeader;
  /** The stored name of the file: some formats keep facts only there. */
  fileName: string;
  ownerTokenId: string | null;
  /** Only an admin's declared benchmark is public at once. */
  isAdmin: boolean;
}

/** The benchmark and the empty run that the rows go to. */
export async function openTarget(
  session: Session,
  request: TargetRequest,
  format: RecognisedFormat,
  { sample, state }: { sample: FileSample; state: 'live' | 'scoring' },
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
    state,
    citation: null,
    sourceFormat: format.importer.id,
    ownerTokenId,
  });
  return { benchmark, isNew: known === null, runId };
}

async function declareBenchmark(session: Session, request: TargetRequest): Promise<KnownBenchmark> {
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
