import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { z } from 'zod';
import { guardTarget, type Resolve } from './address-guard.ts';
import type { JudgeSettings } from './judge-settings.ts';

export interface ChatMessage {
  role: 'system' | 'user';
  content: string;
}

export interface ChatAnswer {
  text: string;
  /** Null when the server does not count. */
  usage: { input: number; output: number } | null;
}

/** Why there is no answer, and whether asking again may help. */
export class ChatFailure extends Error {
  readonly canRetry: boolean;
  readonly retryAfterMs: number | null;
  /** True when the server answered with a status instead of a completion, which costs nothing. */
  readonly isAnswered: boolean;
  /** True when every other question would fail as well: the key is refused. */
  readonly isForAll: boolean;

  constructor(message: string, options: FailureOptions) {
    super(message);
    this.name = 'ChatFailure';
    this.canRetry = options.canRetry;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.isAnswered = options.status !== undefined;
    this.isForAll = options.status === 401 || options.status === 403;
  }
}

interface FailureOptions {
  canRetry: boolean;
  /** Of a server that answered with one. */
  status?: number;
  retryAfterMs?: number | null;
}

const MAX_SAID = 200;

const MAX_ANSWER_BYTES = 1024 * 1024;

const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1),
  usage: z.object({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0) }).nullish(),
});

/** Asks once, over the protocol of OpenAI's chat completions. Follows no redirect. Throws `ChatFailure`. */
export async function askChat(
  settings: JudgeSettings,
  messages: readonly ChatMessage[],
  options: { maxTokens: number; timeoutMs: number; resolve?: Resolve },
): Promise<ChatAnswer> {
  const target = `${settings.baseUrl}/chat/completions`;
  const { url, pinned } = await guardTarget(target, settings.allowed, options.resolve);
  const body = JSON.stringify({
    model: settings.model,
    messages,
    max_tokens: options.maxTokens,
    temperature: 0,
    stream: false,
  });
  const text = await send(url, body, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(settings.key !== null && { authorization: `Bearer ${settings.key}` }),
    },
    // The connection goes to the address that was checked, whatever the name says by now.
    lookup: (_host, wanted, done) => {
      if (wanted.all === true) done(null, [pinned]);
      else done(null, pinned.address, pinned.family);
    },
    agent: false,
    signal: AbortSignal.timeout(options.timeoutMs),
  });
  return readAnswer(text);
}

function send(url: URL, body: string, options: RequestOptions): Promise<string> {
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const fail = (reason: string, options: FailureOptions = { canRetry: true }) => {
      reject(new ChatFailure(reason, options));
    };
    const request = open(url, options, (response) => {
      const status = response.statusCode ?? 0;
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > MAX_ANSWER_BYTES) request.destroy(new Error('the answer is too long'));
        else chunks.push(chunk);
      });
      response.on('error', (error) => fail(`the answer broke off: ${error.message}`));
      response.on('end', () => {
        const said = Buffer.concat(chunks).toString('utf8');
        if (status === 200) resolve(said);
        else if (status >= 300 && status < 400)
          fail('it redirects, which is not followed', { canRetry: false, status });
        else {
          fail(`it answers with status ${String(status)}${excerptOf(said)}`, {
            canRetry: status === 408 || status === 429 || status >= 500,
            status,
            retryAfterMs: readRetryAfter(response.headers['retry-after'], Date.now()),
          });
        }
      });
    });
    request.on('error', (error) => {
      const isLate = error.name === 'TimeoutError' || error.name === 'AbortError';
      fail(isLate ? 'it takes too long' : error.message);
    });
    request.end(body);
  });
}

/** The wait in milliseconds that a Retry-After header asks for, in seconds or as a date (RFC 9110); null for any other. */
export function readRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined || header.trim() === '') return null;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

/** What the server says about its status, in one short line. */
function excerptOf(said: string): string {
  const line = said.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line === '' ? '' : `: ${line.slice(0, MAX_SAID)}`;
}

function readAnswer(text: string): ChatAnswer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ChatFailure('its answer is not JSON', { canRetry: true });
  }
  const parsed = Completion.safeParse(value);
  if (!parsed.success) {
    throw new ChatFailure('its answer is no chat completion', { canRetry: true });
  }
  const { choices, usage } = parsed.data;
  return {
    text: choices[0]?.message.content ?? '',
    usage: usage == null ? null : { input: usage.prompt_tokens, output: usage.completion_tokens },
  };
}
