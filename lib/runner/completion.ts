import { z } from 'zod';
import { readEventData } from './event-stream.ts';

/** What one request asks for. */
export interface CompletionRequest {
  /** Up to and without `/chat/completions`. */
  endpoint: string;
  key: string | null;
  model: string;
  messages: readonly { role: 'system' | 'user'; content: string }[];
  /** Decoding parameters and anything else for the body: temperature, max_tokens, seed … */
  body: Readonly<Record<string, unknown>>;
  isStreamed: boolean;
}

export interface Usage {
  prompt: number | null;
  output: number | null;
  /** Null when the server does not count it; a 0 beside visible reasoning is no count either. */
  reasoning: number | null;
}

export interface Completion {
  /** The text of the answer, as the server gives it. */
  content: string;
  /** The reasoning where the server gives it in a field of its own; null when there is no such field. */
  reasoning: string | null;
  finishReason: 'stop' | 'length' | 'content_filter' | 'tool' | 'unknown';
  /** Null when the server counts nothing. */
  usage: Usage | null;
  /** The model as the server names it. */
  servedModel: string | null;
  firstTokenMs: number | null;
}

/** Why there is no completion, and what asking again could bring. */
export class CompletionFailure extends Error {
  /** `again`: a passing fault. `sample`: this request will never work. `run`: no request will. */
  readonly reach: 'again' | 'sample' | 'run';
  readonly retryAfterMs: number | null;
  /** HTTP status; null when there was none. */
  readonly status: number | null;

  constructor(
    message: string,
    options: {
      reach: CompletionFailure['reach'];
      status?: number;
      retryAfterMs?: number | null;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.name = 'CompletionFailure';
    this.reach = options.reach;
    this.status = options.status ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

const count = z.int().min(0).nullish();

const UsagePart = z
  .object({
    prompt_tokens: count,
    completion_tokens: count,
    reasoning_tokens: count,
    completion_tokens_details: z.object({ reasoning_tokens: count }).nullish(),
  })
  .nullish();

const text = z.string().nullish();

/** Servers call the field of the reasoning one or the other; a few give both with the same text. */
const Message = z.object({ content: text, reasoning_content: text, reasoning: text });

const Piece = z.object({
  model: text,
  choices: z
    .array(
      z.object({
        delta: Message.nullish(),
        message: Message.nullish(),
        finish_reason: text,
      }),
    )
    .default([]),
  usage: UsagePart,
  error: z.unknown().optional(),
});
type Piece = z.infer<typeof Piece>;

/** Asks once over the protocol of OpenAI's chat completions, streamed or whole. Throws `CompletionFailure`. */
export async function askCompletion(
  request: CompletionRequest,
  { signal, idleMs, now }: { signal: AbortSignal; idleMs: number; now: () => number },
): Promise<Completion> {
  const startedAt = now();
  const response = await send(request, signal);
  if (!response.ok) throw await toFailure(response);
  const draft = new Draft();
  const isStream = response.headers.get('content-type')?.includes('text/event-stream') === true;
  if (!isStream) {
    draft.add(parsePiece(await readWhole(response)), null);
    return draft.finish(true);
  }
  if (response.body === null) throw cut('it has no body');
  let isDone = false;
  for await (const data of readEventData(response.body, { idleMs, fail: cut })) {
    if (data === '[DONE]') {
      isDone = true;
      break;
    }
    draft.add(parsePiece(data), now() - startedAt);
  }
  return draft.finish(isDone);
}

async function send(request: CompletionRequest, signal: AbortSignal): Promise<Response> {
  const { endpoint, key, model, messages, body, isStreamed } = request;
  try {
    return await fetch(`${endpoint}/chat/completions`, {
      method: 'POST',
      redirect: 'error',
      signal,
      headers: {
        'content-type': 'application/json',
        accept: isStreamed ? 'text/event-stream' : 'application/json',
        ...(key !== null && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({
        ...body,
        model,
        messages,
        stream: isStreamed,
        ...(isStreamed && { stream_options: { include_usage: true } }),
      }),
    });
  } catch (cause) {
    throw new CompletionFailure(reasonOf(cause), { reach: 'again', cause });
  }
}

async function readWhole(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw cut(reasonOf(cause));
  }
}

function parsePiece(data: string): Piece {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    throw cut('a piece of it is not JSON');
  }
  const parsed = Piece.safeParse(value);
  if (!parsed.success) throw cut('a piece of it is no chat completion');
  if (parsed.data.error != null) {
    throw new CompletionFailure(`The server reports: ${excerpt(parsed.data.error)}`, {
      reach: 'again',
    });
  }
  return parsed.data;
}

const FINISH: Readonly<Record<string, Completion['finishReason']>> = {
  stop: 'stop',
  eos: 'stop',
  length: 'length',
  max_tokens: 'length',
  content_filter: 'content_filter',
  tool_calls: 'tool',
  function_call: 'tool',
};

/** What has come so far. */
class Draft {
  #content = '';
  #reasoning: string | null = null;
  #finish: string | null = null;
  #usage: Piece['usage'] = null;
  #model: string | null = null;
  #firstTokenMs: number | null = null;
  #hasChoice = false;

  add(piece: Piece, elapsedMs: number | null): void {
    this.#model = piece.model ?? this.#model;
    // Some servers repeat a growing usage in every piece: the last one counts.
    this.#usage = piece.usage ?? this.#usage;
    const [choice] = piece.choices;
    if (choice === undefined) return;
    this.#hasChoice = true;
    this.#finish = choice.finish_reason ?? this.#finish;
    const part = choice.delta ?? choice.message;
    const reasoning = part?.reasoning_content ?? part?.reasoning ?? null;
    if (reasoning !== null) this.#reasoning = (this.#reasoning ?? '') + reasoning;
    this.#content += part?.content ?? '';
    const hasText = reasoning !== null || (part?.content ?? '') !== '';
    if (hasText && elapsedMs !== null) this.#firstTokenMs ??= elapsedMs;
  }

  /** A stream that names neither a reason nor its end was cut, however much of it came. */
  finish(isDone: boolean): Completion {
    if (!this.#hasChoice) throw cut('it holds no answer');
    if (this.#finish === null && !isDone) throw cut('it breaks off without a finish reason');
    const reasoning = this.#reasoning === '' ? null : this.#reasoning;
    return {
      content: this.#content,
      reasoning,
      finishReason: FINISH[this.#finish ?? ''] ?? 'unknown',
      usage: toUsage(this.#usage, reasoning),
      servedModel: this.#model,
      firstTokenMs: this.#firstTokenMs,
    };
  }
}

function toUsage(usage: Piece['usage'], reasoning: string | null): Usage | null {
  if (usage == null) return null;
  const counted = usage.completion_tokens_details?.reasoning_tokens ?? usage.reasoning_tokens;
  const isNoCount = counted === 0 && reasoning !== null;
  return {
    prompt: usage.prompt_tokens ?? null,
    output: usage.completion_tokens ?? null,
    reasoning: counted == null || isNoCount ? null : counted,
  };
}

async function toFailure(response: Response): Promise<CompletionFailure> {
  const { status } = response;
  const said = await response.text().catch(() => '');
  const message = `The endpoint answers with status ${String(status)}${said === '' ? '' : `: ${excerpt(said)}`}`;
  const isPassing =
    status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;
  const reach = isPassing ? 'again' : [401, 403, 404, 405].includes(status) ? 'run' : 'sample';
  return new CompletionFailure(message, {
    reach,
    status,
    retryAfterMs: retryAfter(response.headers.get('retry-after')),
  });
}

function retryAfter(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function cut(why: string): CompletionFailure {
  return new CompletionFailure(`The answer can not be used: ${why}`, { reach: 'again' });
}

function excerpt(value: unknown): string {
  const written = typeof value === 'string' ? value : JSON.stringify(value);
  return written.replace(/\s+/g, ' ').slice(0, 300);
}

/** `fetch` says "fetch failed" and hides the reason in its causes. */
function reasonOf(error: unknown): string {
  let reason = error;
  while (reason instanceof Error && reason.cause instanceof Error) reason = reason.cause;
  if (reason instanceof Error && reason.name === 'TimeoutError') return 'The answer takes too long';
  return reason instanceof Error ? reason.message || reason.name : String(reason);
}
