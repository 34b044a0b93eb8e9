interface LinesFile {
  type: string;
  fileName: string;
}

/** Values as JSON Lines. */
export function linesResponse(values: AsyncIterable<unknown>, file: LinesFile): Response {
  return textResponse(toLines(values), file);
}

async function* toLines(values: AsyncIterable<unknown>): AsyncGenerator<string, void, undefined> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`;
}

/** Asked for piece by piece, so that a slow reader slows the query down instead of filling the memory. */
export function textResponse(
  pieces: AsyncGenerator<string, void, undefined>,
  { type, fileName }: LinesFile,
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await pieces.return();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${fileName.replace(/[^\w.@+-]+/g, '_')}"`,
      'content-security-policy': 'sandbox',
    },
  });
}
