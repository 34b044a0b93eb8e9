import { createHash, randomUUID } from 'node:crypto';
import type { RouteHandler } from '#lib/http/route.ts';

const ORIGIN = 'http://laconic.test';

export interface Call {
  method?: string;
  path?: string;
  params?: Record<string, string>;
  token?: string;
  headers?: Record<string, string>;
  json?: unknown;
  body?: BodyInit;
}

/** Calls a handler as Next does, without a server. */
export async function call(handler: RouteHandler, options: Call = {}): Promise<Response> {
  const headers = new Headers(options.headers);
  if (options.token !== undefined) headers.set('authorization', `Bearer ${options.token}`);
  if (options.json !== undefined) headers.set('content-type', 'application/json');
  const body = options.json === undefined ? options.body : JSON.stringify(options.json);
  const init = { method: options.method ?? 'GET', headers, duplex: 'half' };
  const request = new Request(
    new URL(options.path ?? '/api/v1/x', ORIGIN),
    body === undefined ? init : { ...init, body },
  );
  return handler(request, { params: Promise.resolve(options.params ?? {}) });
}

export async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>;
}

export const sha256Of = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

export const newKey = (): Record<string, string> => ({ 'idempotency-key': randomUUID() });

export const HEADER = { benchmark: 'sums', model: 'guess' };
