import { AppError } from '#lib/errors.ts';
import { scanJson } from '#lib/ingest/json-row-scan.ts';

export const MAX_JSON_BYTES = 1024 * 1024;
const IDLE_MS = 60_000;

/** The chunks of a body; throws `too_large` beyond `maxBytes` and `request_timeout` when the sender falls silent. */
export async function* readChunks(
  body: ReadableStream<Uint8Array> | null,
  limits: { maxBytes: number; idleMs?: number },
): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await withinIdle(reader, limits.idleMs ?? IDLE_MS);
      if (done) return;
      bytes += value.byteLength;
      if (bytes > limits.maxBytes) throw tooLarge(limits.maxBytes);
      yield value;
    }
  } finally {
    // Also when the consumer stops early: what is still to come is not wanted.
    await reader.cancel().catch(() => undefined);
  }
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError('too_large', `The body is larger than the ${maxBytes} bytes allowed here.`);
}

async function withinIdle(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  idleMs: number,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new AppError('request_timeout', `Nothing arrived for ${Math.round(idleMs / 1000)} s.`),
      );
    }, idleMs);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'length_mismatch',
      'The connection broke before the whole body had arrived.',
      {
        cause,
      },
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Throws `unsupported_format` for a packed body: JSON of the API is sent as it is. */
export function refusePacked(request: Request): void {
  const packing = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (packing === 'identity' || packing === '') return;
  throw new AppError(
    'unsupported_format',
    `The body is packed (content-encoding: ${packing.slice(0, 40)}): send it as plain JSON.`,
  );
}

/** The JSON value of a body, with the limits that `JSON.parse` lacks. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new AppError(
      'unsupported_format',
      `The body must be JSON, with the header content-type: application/json${type === undefined ? '' : ` and not ${type}`}.`,
    );
  }
  refusePacked(request);
  const chunks: Uint8Array[] = [];
  for await (const chunk of readChunks(request.body, { maxBytes: MAX_JSON_BYTES }))
    chunks.push(chunk);
  return parseJson(Buffer.concat(chunks));
}

/** Throws `invalid_input` for what is not JSON in UTF-8, nested too deep or with too many keys. */
export function parseJson(bytes: Uint8Array, maxKeys?: number): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('invalid_input', 'The body is not UTF-8.', { cause });
  }
  const { limit } = scanJson(text, maxKeys);
  if (limit !== null) {
    const what = limit === 'depth' ? 'is nested too deep' : 'has too many keys';
    throw new AppError('invalid_input', `The JSON of the body ${what}.`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = text.trim() === '' ? 'it is empty' : 'it does not parse';
    throw new AppError('invalid_input', `The body is not JSON: ${reason}.`, { cause });
  }
}
