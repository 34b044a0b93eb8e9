import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';

/** What goes wrong with one request; the next of the kind goes well. */
export type Mishap = 'cut' | 'cut-midway' | 'cut-after' | 'busy' | 'limited' | 'gone';

/** A server in this process that keeps submissions the way the API promises, and fails where it is told to. */
export class BoardServer {
  readonly calls: string[] = [];
  /** The file as it was decoded, by submission. */
  readonly files = new Map<string, string>();
  private readonly mishaps: { pattern: RegExp; mishap: Mishap }[] = [];
  private readonly ids = new Map<string, string>();
  private readonly states = new Map<string, string>();
  private readonly received = new Map<string, { bytes: number; sha256: string }>();
  /** What has arrived of files that are sent in parts, by submission. */
  private readonly parts = new Map<string, Part>();
  private readonly server: Server;
  /** What polling sees, one state a question; the last one stays. */
  statesAfter = ['validating', 'scoring', 'done'];

  constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request, response);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  failNext(pattern: RegExp, mishap: Mishap): void {
    this.mishaps.push({ pattern, mishap });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = `${request.method ?? ''} ${request.url ?? ''}`;
    this.calls.push(call);
    const index = this.mishaps.findIndex(({ pattern }) => pattern.test(call));
    const mishap = index === -1 ? null : this.mishaps.splice(index, 1)[0]!.mishap;
    if (mishap === 'cut') return void request.socket.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    if (mishap === 'busy') {
      problem(response, 503, 'unavailable', { 'retry-after': '0' });
      return;
    }
    if (mishap === 'limited') {
      problem(response, 429, 'too_many_requests', { 'retry-after': '1' });
      return;
    }
    if (mishap === 'gone') {
      problem(response, 404, 'not_found');
      return;
    }
    const body = Buffer.concat(chunks);
    const isHalf = mishap === 'cut-midway';
    const answer = this.handle(request, isHalf ? body.subarray(0, body.length / 2) : body);
    if (isHalf || mishap === 'cut-after') return void request.socket.destroy();
    if (answer instanceof WrongOffset) {
      problem(response, 409, 'conflict');
      return;
    }
    if (answer === null) {
      problem(response, 422, 'length_mismatch');
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private handle(request: IncomingMessage, body: Buffer): object | null {
    const path = request.url ?? '';
    if (path === '/api/v1/submissions') {
      const key = String(request.headers['idempotency-key']);
      const id = this.ids.get(key) ?? uuid(this.ids.size);
      this.ids.set(key, id);
      if (!this.states.has(id)) this.states.set(id, 'draft');
      return this.submission(id);
    }
    const id = path.split('/')[4]?.split('?')[0] ?? '';
    if (path.includes('/uploads')) return this.handlePart(id, request, body);
    if (path.includes('/files/')) {
      const sha256 = createHash('sha256').update(body).digest('hex');
      this.received.set(id, { bytes: body.length, sha256 });
      const isPacked = request.headers['content-encoding'] === 'gzip';
      this.files.set(id, (isPacked ? gunzipSync(body) : body).toString('utf8'));
      this.states.set(id, 'uploading');
      return { name: 'file', bytes: body.length, sha256 };
    }
    if (path.endsWith('/finalize')) {
      const said = JSON.parse(body.toString('utf8')) as object;
      if (JSON.stringify(said) !== JSON.stringify(this.received.get(id))) return null;
      this.states.set(id, this.statesAfter.shift() ?? 'done');
      return this.submission(id);
    }
    if (path.includes('/report')) return report(id);
    const answer = this.submission(id);
    const next = this.statesAfter.shift();
    if (next !== undefined) this.states.set(id, next);
    return answer;
  }

  private handlePart(id: string, request: IncomingMessage, body: Buffer): object {
    if (request.method === 'POST') {
      const announced = JSON.parse(body.toString('utf8')) as Omit<Part, 'body'>;
      const before = this.parts.get(id);
      const isSame = before?.sha256 === announced.sha256;
      this.parts.set(id, isSame ? before : { ...announced, body: Buffer.alloc(0) });
    } else {
      const part = this.parts.get(id)!;
      if (Number(request.headers['upload-offset']) !== part.body.length) return new WrongOffset();
      part.body = Buffer.concat([part.body, body]);
    }
    const { body: arrived, ...part } = this.parts.get(id)!;
    const isComplete = arrived.length === part.bytes;
    if (isComplete) {
      const sha256 = createHash('sha256').update(arrived).digest('hex');
      this.received.set(id, { bytes: arrived.length, sha256 });
      const plain = part.encoding === 'zstd' ? zstdDecompressSync(arrived) : gunzipSync(arrived);
      this.files.set(id, plain.toString('latin1'));
      this.states.set(id, 'uploading');
    }
    return { ...part, id: uuid(99), submissionId: id, offset: arrived.length, isComplete };
  }

  private submission(id: string): object {
    const state = this.states.get(id) ?? 'draft';
    const now = '2026-01-01T00:00:00.000Z';
    return {
      id,
      state,
      sequence: this.calls.length,
      header: { benchmark: 'sums', model: 'm' },
      format: null,
      formatEvidence: null,
      file: null,
      rows: { received: 3, stored: 2, rejected: 1, dead: 0, read: 3 },
      attempts: { stored: 2, scored: state === 'done' ? 2 : 0, expected: 3 },
      outcomes: null,
      warnings: {},
      failure: null,
      runId: null,
      benchmark: null,
      position: null,
      deadline: null,
      createdAt: now,
      updatedAt: now,
      finishedAt: null,
    };
  }
}

interface Part {
  name: string;
  encoding: string;
  bytes: number;
  sha256: string;
  body: Buffer;
}

class WrongOffset {
  readonly isWrong = true;
}

function report(id: string): object {
  const rows = { received: 3, stored: 2, rejected: 1, dead: 0 };
  const finding = { row: 2, line: 2, byteOffset: 10, pointer: '/gold', code: 'missing' };
  const rejected = [{ ...finding, message: 'There is no gold.', hint: 'Add it.' }];
  return { submissionId: id, rows, warnings: {}, rejected, dead: [], nextCursor: null };
}

function problem(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
  const detail = `The server said ${code}.`;
  const body = { type: `/docs/api#${code}`, title: code, status, detail, instance: '/', code };
  response.end(JSON.stringify({ ...body, request_id: 'req_1' }));
}

function uuid(count: number): string {
  return `00000000-0000-7000-8000-${String(count).padStart(12, '0')}`;
}
