import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { addAudit } from '#lib/db/audit.ts';
import { db } from '#lib/db/client.ts';
import type { Viewer } from '#lib/db/tokens.ts';
import { randomText } from '#lib/db/token-secret.ts';
import { AppError } from '#lib/errors.ts';
import type { Scope } from '#lib/schemas/token.ts';
import { hasScope, requireViewer, viewer as viewerOf } from './auth.ts';
import { readJson } from './body.ts';
import { PACKED_HEADER } from './packed.ts';
import { invalidInput, problemResponse, toAppError } from './problem.ts';
import { RateLimiter } from './rate-limit.ts';

/** What a handler gets: everything parsed, and the request for those who stream. */
export interface RouteInput<Params, Query, Body, Who> {
  params: Params;
  query: Query;
  body: Body;
  viewer: Who;
  request: Request;
  requestId: string;
}

/** A body of the handler's own: a stream, a file, CSV. `description` and `type` are for the documentation. */
export interface RawContent {
  type: string;
  description: string;
}

export interface RouteDocumentation {
  /** One line of the API reference. */
  summary?: string;
  description?: string;
  /** For a body that the handler reads itself from `request.body`. */
  requestContent?: RawContent;
  /** For an answer that the handler makes itself. */
  responseContent?: RawContent;
  requestHeaders?: readonly { name: string; isRequired: boolean; description: string }[];
}

export interface RouteDefinition extends RouteDocumentation {
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response: z.ZodType | null;
  /** Of the answer when all goes well; 200 when left out. */
  status?: number;
  scopes?: readonly Scope[];
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Answer<R> = (R extends z.ZodType ? z.input<R> : never) | Reply<R> | Response;

/** An answer with a status or headers of its own. */
export class Reply<R> {
  readonly value: R extends z.ZodType ? z.input<R> : never;
  readonly init: { status?: number; headers?: Readonly<Record<string, string>> };

  constructor(
    value: R extends z.ZodType ? z.input<R> : never,
    init: { status?: number; headers?: Readonly<Record<string, string>> },
  ) {
    this.value = value;
    this.init = init;
  }
}

interface Context {
  params: Promise<unknown>;
}

export interface RouteHandler {
  (request: Request, context?: Context): Promise<Response>;
  /** What the OpenAPI description is made from. */
  readonly definition: RouteDefinition;
}

/**
 * A handler for one method of one address: authenticates, parses what comes in, asks `handle`, parses what goes out.
 * With `scopes` the viewer must have one of them; without, the address is public and the viewer may be null.
 */
export function route<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | null = null,
  S extends readonly Scope[] | undefined = undefined,
>(
  definition: RouteDocumentation & {
    params?: P;
    query?: Q;
    body?: B;
    response: R;
    status?: number;
    scopes?: S;
    handle(
      input: RouteInput<
        Parsed<P>,
        Parsed<Q>,
        Parsed<B>,
        S extends readonly Scope[] ? Viewer : Viewer | null
      >,
    ): Promise<Answer<R>>;
  },
): RouteHandler {
  const handler = async (request: Request, context?: Context): Promise<Response> => {
    const requestId = `req_${randomText(16)}`;
    const path = new URL(request.url).pathname;
    let who: Viewer | null = null;
    try {
      const { scopes } = definition;
      who = await (scopes === undefined ? viewerOf(request) : requireViewer(request));
      if (scopes !== undefined && who !== null) requireScope(who, scopes);
      const input = {
        params: parseParams(definition.params, await context?.params),
        query: parseQuery(definition.query, request),
        body: definition.body && parseBody(definition.body, await readJson(request)),
        viewer: who,
        request,
        requestId,
      };
      // The generics tie each part of the input to the schema that has just parsed it.
      const answer = await definition.handle(input as Parameters<typeof definition.handle>[0]);
      return await finish(toResponse(answer, definition), { request, requestId, who });
    } catch (error) {
      const readable = toAppError(error);
      if (readable.code === 'internal' || readable.code === 'unavailable') report(requestId, error);
      await noteRefusal(readable, { request, path, who, requestId });
      return finish(problemResponse(readable, { id: requestId, path }), {
        request,
        requestId,
        who,
      });
    }
  };
  return Object.assign(handler, { definition: definition as RouteDefinition });
}

function requireScope(who: Viewer, scopes: readonly Scope[]): void {
  if (scopes.some((scope) => hasScope(who, scope))) return;
  throw new AppError('forbidden', `This needs a token with the scope ${scopes.join(' or ')}.`);
}

/** As JSON writes it: the one character that Postgres can neither store nor look for. */
const NUL = '\\u0000';

function parseParams(schema: z.ZodType | undefined, params: unknown): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(params ?? {});
  if (parsed.success && !JSON.stringify(parsed.data).includes(NUL)) return parsed.data;
  throw new AppError('not_found', 'There is nothing at this address.', { cause: parsed.error });
}

/** Which of two values wins differs between programs, so a repeated key is refused. */
function parseQuery(schema: z.ZodType | undefined, request: Request): unknown {
  const values: Record<string, string> = {};
  for (const [key, value] of new URL(request.url).searchParams) {
    if (Object.hasOwn(values, key)) {
      throw new AppError('invalid_input', `The query holds "${key}" twice.`, {
        details: [{ pointer: `/${key}`, code: 'repeated', message: 'must be given once' }],
      });
    }
    values[key] = value;
  }
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw invalidInput('The query', parsed.error);
  const odd = Object.keys(values).find((key) => values[key]?.includes('\0'));
  if (odd === undefined) return parsed.data;
  throw new AppError('invalid_input', `The query holds U+0000 in "${odd}".`, {
    details: [{ pointer: `/${odd}`, code: 'not_text', message: 'must not hold U+0000' }],
  });
}

function parseBody(schema: z.ZodType, body: unknown): unknown {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidInput('The body', parsed.error);
}

function toResponse(
  answer: unknown,
  definition: { response: z.ZodType | null; status?: number },
): Response {
  if (answer instanceof Response) return answer;
  const { value, init } =
    answer instanceof Reply ? (answer as Reply<z.ZodType>) : { value: answer, init: {} };
  if (definition.response === null)
    throw new Error('The route promises no JSON and returned some.');
  const parsed = definition.response.safeParse(value);
  if (!parsed.success) {
    throw new Error('The answer does not fit its own schema.', { cause: parsed.error });
  }
  return new Response(JSON.stringify(parsed.data), {
    status: init.status ?? definition.status ?? 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...init.headers },
  });
}

const VARY = 'Authorization, Cookie';

interface Exchange {
  request: Request;
  requestId: string;
  who: Viewer | null;
}

/** What depends on the viewer is never stored; what is public is checked again by its ETag. */
async function finish(response: Response, exchange: Exchange): Promise<Response> {
  const { headers } = response;
  headers.set('x-request-id', exchange.requestId);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('vary', headers.has(PACKED_HEADER) ? `${VARY}, Accept-Encoding` : VARY);
  const isPublic =
    exchange.who === null && response.status === 200 && exchange.request.method === 'GET';
  if (!headers.has('cache-control'))
    headers.set('cache-control', isPublic ? 'no-cache' : 'private, no-store');
  const isJson = headers.get('content-type')?.startsWith('application/json') === true;
  if (isPublic && (isJson || headers.has('etag'))) return withEtag(response, exchange.request);
  headers.delete('etag');
  return response;
}

/** The handler's own strong ETag, else one of the body; 304 for a client that has the same. */
async function withEtag(response: Response, request: Request): Promise<Response> {
  const given = response.headers.get('etag');
  const bytes = given === null ? await response.arrayBuffer() : null;
  const etag = given ?? etagOf(bytes ?? new ArrayBuffer());
  response.headers.set('etag', etag);
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(etag) === true || known?.includes('*') === true) {
    // Nothing is sent, so nothing is packed.
    response.headers.delete(PACKED_HEADER);
    return new Response(null, { status: 304, headers: response.headers });
  }
  return new Response(bytes ?? response.body, {
    status: response.status,
    headers: response.headers,
  });
}

function etagOf(body: ArrayBuffer): string {
  return `"${createHash('sha256').update(Buffer.from(body)).digest('base64url')}"`;
}

/** A client in a loop must not fill the audit log. */
const refusals = new RateLimiter({ limit: 60, windowSeconds: 60 });

async function noteRefusal(error: AppError, exchange: Exchange & { path: string }): Promise<void> {
  const { who, request, path, requestId } = exchange;
  if (who === null || (error.code !== 'forbidden' && !error.isHiding)) return;
  if (!refusals.take(who.tokenId).isAllowed) return;
  try {
    await addAudit(db(), {
      actorTokenId: who.tokenId,
      action: 'access.refuse',
      subject: `${request.method} ${path}`.slice(0, 500),
      detail: { code: error.code, requestId },
    });
  } catch (cause) {
    report(requestId, cause);
  }
}

/** With the request id that the client was given, so that the two can be brought together. */
function report(requestId: string, error: unknown): void {
  process.stderr.write(`${requestId} ${describe(error)}\n`);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\n  caused by ${describe(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
