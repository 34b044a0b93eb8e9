import { createHash } from 'node:crypto';
import { OPEN_STATES } from '#lib/db/submission-states.ts';
import type { Submission } from '#lib/schemas/submission.ts';

const POLL_MS = 700;
const HEARTBEAT_MS = 15_000;

interface Options {
  /** Asked again and again; also decides whether the follower may still see it. */
  read(): Promise<Submission>;
  /** The sequence that the follower has seen. */
  lastSequence: number | null;
  signal: AbortSignal;
  pollMs?: number;
}

/**
 * Server-sent events: one `submission` event a change, its id the sequence, until a final state; comments keep the
 * connection open in between. Every follower reads the database, so that it sees the work of every process.
 */
export function submissionEvents(options: Options): Response {
  const stopped = new AbortController();
  const signal = AbortSignal.any([options.signal, stopped.signal]);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string): void => {
        if (!signal.aborted) controller.enqueue(encoder.encode(text));
      };
      try {
        await follow(options, signal, send);
      } catch (error) {
        // The stream has begun, so the reason can not become a status; the follower connects again or polls.
        send(`: interrupted\n\n`);
        process.stderr.write(`events: ${error instanceof Error ? error.message : String(error)}\n`);
      }
      if (!stopped.signal.aborted) controller.close();
    },
    cancel() {
      stopped.abort();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // no-transform: a compressor in between would hold events back until it has enough of them.
      'cache-control': 'private, no-store, no-transform',
      // Reverse proxies hold a stream back unless they are told.
      'x-accel-buffering': 'no',
    },
  });
}

async function follow(
  options: Options,
  signal: AbortSignal,
  send: (text: string) => void,
): Promise<void> {
  send('retry: 2000\n\n');
  let seen: string | null = null;
  let quietSince = Date.now();
  while (!signal.aborted) {
    const submission = await options.read();
    const body = JSON.stringify(submission);
    const content = createHash('sha256').update(body).digest('base64');
    const isKnown = seen === null ? submission.sequence === options.lastSequence : seen === content;
    if (!isKnown) {
      send(`id: ${submission.sequence}\nevent: submission\ndata: ${body}\n\n`);
      quietSince = Date.now();
    }
    seen = content;
    if (!OPEN_STATES.includes(submission.state)) {
      send(`event: end\ndata: ${JSON.stringify({ state: submission.state })}\n\n`);
      return;
    }
    if (Date.now() - quietSince > HEARTBEAT_MS) {
      send(': still here\n\n');
      quietSince = Date.now();
    }
    await pause(options.pollMs ?? POLL_MS, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
