/** A stream can be endless or without line ends: what is not yet a line is bounded. */
const MAX_LINE_CHARACTERS = 8 * 1024 * 1024;

/**
 * The data of server-sent events, one text an event line. Throws what `fail` makes when nothing comes for `idleMs`,
 * when the connection breaks, or when a line does not end.
 */
export async function* readEventData(
  body: ReadableStream<Uint8Array>,
  { idleMs, fail }: { idleMs: number; fail: (why: string) => Error },
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await withinIdle(reader, idleMs, fail);
      rest += decoder.decode(value, { stream: !done });
      const lines = rest.split(/\r\n|\n|\r/);
      // A carriage return at the end may be the first half of a line end.
      rest = done ? '' : (lines.pop() ?? '');
      if (rest.length > MAX_LINE_CHARACTERS) throw fail('a line of it does not end');
      for (const line of lines) {
        if (line.startsWith('data:')) yield line.slice(5).trim();
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function withinIdle(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  idleMs: number,
  fail: (why: string) => Error,
): Promise<{ done: boolean; value?: Uint8Array | undefined }> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(fail(`nothing came for ${String(Math.round(idleMs / 1000))} s`));
    }, idleMs);
  });
  try {
    return await Promise.race([
      reader.read().catch((error: unknown) => {
        throw fail(
          `the connection broke (${error instanceof Error ? error.message : String(error)})`,
        );
      }),
      silence,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
