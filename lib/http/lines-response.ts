/** Values as JSON Lines, asked for piece by piece, so that a slow reader slows the query down instead of filling the memory. */
export function linesResponse(
  values: AsyncGenerator,
  { type, fileName }: { type: string; fileName: string },
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async pull(controller) {
      const next = await values.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
    },
    async cancel() {
      await values.return(undefined);
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
