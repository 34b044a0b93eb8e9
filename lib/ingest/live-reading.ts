import { createReadStream } from 'node:fs';
import type { Session } from '#lib/db/client.ts';
import { listItemGolds } from '#lib/db/declare-benchmark.ts';
import type { LiveRun, LiveSubmission } from '#lib/db/live-submissions.ts';
import { AppError } from '#lib/errors.ts';
import type { FileSample, Importer } from '#lib/importers/importer.ts';
import { chooseFormat } from './choose-format.ts';
import { ItemCatalogue } from './item-catalogue.ts';
import { isBlank, parseJsonRow } from './json-row.ts';
import { MAX_LINE_BYTES, lineBatches } from './lines.ts';
import { readSample, type RecognisedFormat } from './recognise.ts';
import { RowPlacer } from './row-placer.ts';
import type { UnpackedAttempt } from './to-attempt.ts';

/**
 * How far a growing file is read, with all that its next rows depend on: what read in parts gives is what the whole file
 * would give.
 */
export class LiveReading {
  readonly format: RecognisedFormat;
  readonly placer: RowPlacer;
  offset = 0;
  attempts = 0;
  private line = 1;

  constructor(format: RecognisedFormat, placer: RowPlacer) {
    this.format = format;
    this.placer = placer;
  }

  /** The attempts of the next lines of the file, each with its position in the run. */
  async *read(
    source: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<UnpackedAttempt & { position: number }> {
    const start = { line: this.line, byteOffset: this.offset };
    for await (const batch of lineBatches(source, MAX_LINE_BYTES, start)) {
      for (const line of batch) {
        this.line = line.line + 1;
        this.offset = line.byteOffset + line.byteLength + 1;
        if (isBlank(line)) continue;
        for (const attempt of this.placer.place(parseJsonRow(line))) {
          yield { ...attempt, position: this.attempts };
          this.attempts += 1;
        }
      }
    }
  }
}

/** Reading begins with the first lines; throws `unsupported_format` for a file that is not read line by line. */
export async function beginReading(
  live: Pick<LiveSubmission, 'header' | 'format' | 'fileName'>,
  source: AsyncIterable<Uint8Array>,
): Promise<{ format: RecognisedFormat; sample: FileSample }> {
  const sample = await readSample(live.fileName, source);
  const { mapping, format: named = live.format ?? undefined } = live.header;
  const format = chooseFormat(sample, { mapping, format: named });
  if (sample.shape === 'lines' && isByLine(format.importer)) return { format, sample };
  throw new AppError(
    'unsupported_format',
    `${live.fileName} is not read line by line (${format.importer.label}): send it when it is complete.`,
  );
}

function isByLine({ layout = {} }: Importer): boolean {
  const { document, archive, table, parquet } = layout;
  return [document, archive, table, parquet].every((kind) => kind === undefined);
}

/** The state of this process; any of it may be lost, because the file is there to be read again. */
const readings = new Map<string, LiveReading>();
const MAX_READINGS = 32;

/**
 * The reading of what has arrived of a live submission: that of the last append, or a new one where another process or a
 * failed append came in between. It is the caller's until it is given back.
 */
export async function takeReading(
  session: Session,
  live: LiveRun,
  file: string,
): Promise<LiveReading> {
  const kept = readings.get(live.id);
  readings.delete(live.id);
  if (kept?.offset === live.offset) return kept;

  const open = () => createReadStream(file, { end: live.offset - 1, highWaterMark: 256 * 1024 });
  const { format } = await beginReading(live, open());
  const placer = await createPlacer(session, live, { format, benchmarkId: live.run.benchmarkId });
  const reading = new LiveReading(format, placer);
  for await (const _ of reading.read(open()));
  const { received, rejected } = placer.tally;
  const isSame =
    reading.offset === live.offset &&
    reading.attempts === live.attempts &&
    received === live.received &&
    rejected === live.rejected;
  if (!isSame) throw new Error(`The rows of live submission ${live.id} are not those of its file.`);
  return reading;
}

/** For the next append; the one that was not asked for longest is forgotten. */
export function keepReading(id: string, reading: LiveReading): void {
  readings.set(id, reading);
  const oldest = readings.keys().next().value;
  if (readings.size > MAX_READINGS && oldest !== undefined) readings.delete(oldest);
}

export async function createPlacer(
  session: Session,
  { header }: Pick<LiveSubmission, 'header'>,
  { format, benchmarkId }: { format: RecognisedFormat; benchmarkId: string },
): Promise<RowPlacer> {
  const golds = await listItemGolds(session, benchmarkId);
  const catalogue = new ItemCatalogue(golds, { mayGrow: false });
  return new RowPlacer(format.importer, catalogue, header.rowPolicy);
}
