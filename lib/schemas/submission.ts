import { z } from 'zod';
import { Mapping } from '#lib/importers/mapping/mapping.ts';
import {
  Name,
  Params,
  Sha256,
  Timestamp,
  TraceVisibility,
  Uuid,
  Visibility,
} from './identifiers.ts';

export const RowPolicy = z.enum(['strict', 'lenient']);

/** Of an uploaded file: one step of an address, and never a path. */
export const FileName = Name.regex(/^[^/\\]+$/, 'must not hold / or \\').refine(
  (name) => name !== '.' && name !== '..',
  'must be the name of a file',
);

/** Of a file as it is sent; what it may unpack to is limited where it is decoded. */
export const MAX_FILE_BYTES = 8 * 1024 ** 3;

/** What a submitter says of a file before it is sent. */
export const SubmissionHeader = z
  .strictObject({
    benchmark: Name.describe('Name, or name@version. Without a version: the newest.'),
    split: Name.default('test'),
    declare: z
      .boolean()
      .default(true)
      .describe(
        'When the benchmark is not known, make it from this file, which must carry its golds.',
      ),
    extend: z
      .boolean()
      .default(false)
      .describe(
        'Items that the benchmark does not know make a new version instead of rejected rows.',
      ),
    model: Name,
    method: Name.optional().describe(
      'The method that made the model or prompt brief; leave out for a plain model.',
    ),
    label: Name.optional().describe(
      'How the run is called on the board; default: method, else model.',
    ),
    family: Name.optional().describe(
      'Runs of one family that differ in a parameter are joined by a line.',
    ),
    params: Params.default({}).describe('Sweep parameters: alpha, step, target_length …'),
    decoding: Params.default({}).describe(
      'Decoding parameters: temperature, top_p, max_tokens, seed …',
    ),
    verifier: z
      .string()
      .max(64)
      .optional()
      .describe('Only when the file declares its benchmark; else the benchmark decides.'),
    tokenizer: z.string().max(64).optional().describe('Only when the file declares its benchmark.'),
    traceVisibility: TraceVisibility.default('unknown'),
    visibility: Visibility.default('public'),
    rowPolicy: RowPolicy.default('strict').describe(
      'strict: one bad row refuses the file. lenient: bad rows are listed and count as missing.',
    ),
    format: z
      .string()
      .max(64)
      .optional()
      .describe('An importer id; default: recognised from the content.'),
    mapping: Mapping.meta({ id: 'Mapping' })
      .optional()
      .describe('For a file in no known format: where its fields stand. Not together with format.'),
    expected: z
      .strictObject({
        bytes: z.int().min(0).optional(),
        sha256: Sha256.optional(),
        rows: z.int().min(0).optional(),
      })
      .default({}),
  })
  .meta({ id: 'SubmissionHeader' });
export type SubmissionHeader = z.infer<typeof SubmissionHeader>;

export const SubmissionState = z.enum([
  'draft',
  'uploading',
  'live',
  'received',
  'validating',
  'scoring',
  'aggregating',
  'done',
  'failed',
  'cancelled',
  'withdrawn',
]);
export type SubmissionState = z.infer<typeof SubmissionState>;

export const Failure = z.object({
  stage: z.string(),
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
});
export type Failure = z.infer<typeof Failure>;

/** received = stored + rejected + dead in every state. */
export const Submission = z
  .object({
    id: Uuid,
    state: SubmissionState,
    sequence: z.int().describe('Counts up with every change.'),
    header: SubmissionHeader,
    format: z.string().nullable(),
    formatEvidence: z.string().nullable().describe('Why the file was taken for this format.'),
    file: z
      .object({
        name: z.string(),
        sha256: z.string().nullable().describe('Null while the file grows.'),
        bytes: z.int(),
      })
      .nullable(),
    rows: z.object({
      received: z.int(),
      stored: z.int(),
      rejected: z.int(),
      dead: z.int(),
      read: z.int().describe('Rows read so far while the file is parsed.'),
    }),
    attempts: z.object({
      stored: z.int(),
      scored: z.int(),
      expected: z
        .int()
        .nullable()
        .describe(
          'Items of the benchmark times the samples an item has; null before the first rows.',
        ),
    }),
    outcomes: z
      .object({
        correct: z.int(),
        wrong: z.int(),
        unparsed: z.int(),
        unverifiable: z.int(),
        error: z.int(),
      })
      .nullable()
      .describe('Of the attempts scored so far; null before scoring.'),
    warnings: z.record(z.string(), z.int()).describe('What was changed while reading, by kind.'),
    failure: Failure.nullable(),
    runId: Uuid.nullable(),
    benchmark: z
      .object({
        id: Uuid,
        name: z.string(),
        version: z.int(),
        isNew: z.boolean().describe('This file declared it.'),
        visibility: Visibility,
      })
      .nullable(),
    position: z
      .object({ accuracy: z.number(), tokensMean: z.number().nullable(), rank: z.int().nullable() })
      .nullable()
      .describe('Where the run stands on its board so far.'),
    deadline: Timestamp.nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Submission' });
export type Submission = z.infer<typeof Submission>;

export const RowFinding = z.object({
  row: z.int().describe('1-based row of the file.'),
  line: z.int().nullable(),
  byteOffset: z.int().nullable(),
  pointer: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
});
export type RowFinding = z.infer<typeof RowFinding>;

/** What became of the rows that are not stored. */
export const RowReport = z
  .object({
    submissionId: Uuid,
    rows: z.object({ received: z.int(), stored: z.int(), rejected: z.int(), dead: z.int() }),
    warnings: z.record(z.string(), z.int()),
    rejected: z.array(RowFinding),
    dead: z.array(
      z.object({ row: z.int(), stage: z.string(), reason: z.string(), tries: z.int() }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'RowReport' });
export type RowReport = z.infer<typeof RowReport>;

export const FinalizeRequest = z
  .strictObject({
    bytes: z
      .int()
      .min(0)
      .describe('Of the file as it was sent (compressed when it was sent compressed).'),
    sha256: Sha256.describe('Of the same bytes.'),
    rows: z.int().min(0).optional().describe('Rows of the decoded file, when they were counted.'),
  })
  .meta({ id: 'FinalizeRequest' });

/** The newest first; `nextCursor` asks for the page after this one. */
export const SubmissionList = z
  .object({ submissions: z.array(Submission), nextCursor: z.string().nullable() })
  .meta({ id: 'SubmissionList' });

export const SubmissionDeleted = z
  .object({ id: Uuid, isDeleted: z.literal(true) })
  .meta({ id: 'SubmissionDeleted' });

/** A file that is sent in parts. */
export const NewUpload = z
  .strictObject({
    name: FileName,
    bytes: z.int().min(1).max(MAX_FILE_BYTES).describe('Of the file as it is sent.'),
    sha256: Sha256.describe('Of the same bytes; compared when the last one has arrived.'),
    encoding: z.enum(['identity', 'gzip', 'zstd']).default('identity'),
  })
  .meta({ id: 'NewUpload' });

export const PartialUpload = z
  .object({
    id: Uuid,
    submissionId: Uuid,
    name: z.string(),
    encoding: z.string(),
    bytes: z.int(),
    sha256: Sha256,
    offset: z.int().describe('How many bytes have arrived: where the next part begins.'),
    isComplete: z.boolean().describe('All bytes are here and have the announced SHA-256.'),
  })
  .meta({ id: 'PartialUpload' });
export type PartialUpload = z.infer<typeof PartialUpload>;

export const UploadReceipt = z
  .object({ name: z.string(), bytes: z.int(), sha256: Sha256 })
  .meta({ id: 'UploadReceipt' });
export type UploadReceipt = z.infer<typeof UploadReceipt>;

/** Where a growing file stands, and what became of the rows that were sent with it. */
export const LiveRows = z
  .object({
    submissionId: Uuid,
    state: SubmissionState,
    offset: z.int().describe('Bytes that are taken: where the next rows begin.'),
    rows: Submission.shape.rows,
    attempts: Submission.shape.attempts,
    rejected: z.array(RowFinding).describe('Rows of this request that are not stored.'),
  })
  .meta({ id: 'LiveRows' });
export type LiveRows = z.infer<typeof LiveRows>;
