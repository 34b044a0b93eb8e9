import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AskedModel {
  model: string;
  seed?: number;
  stream?: boolean;
  messages: { role: string; content: string }[];
}

export type ModelBehaviour = (asked: AskedModel, response: ServerResponse, nth: number) => void;

/** Speaks the protocol of chat completions on the loopback, with whatever faults `behave` gives it. */
export async function startModelServer(behave: ModelBehaviour) {
  const asked: AskedModel[] = [];
  let most = 0;
  let open = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    open += 1;
    most = Math.max(most, open);
    response.on('close', () => (open -= 1));
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as AskedModel;
      asked.push(body);
      behave(body, response, asked.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}/v1`,
    asked,
    mostAtOnce: () => most,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

interface StreamedAnswer {
  reasoning?: string;
  /** How the server calls the field of the reasoning. */
  field?: 'reasoning' | 'reasoning_content';
  content: string;
  finish?: string | null;
  usage?: object | null;
  /** Ends the connection instead of the stream. */
  isCut?: boolean;
}

const USAGE = { prompt_tokens: 11, completion_tokens: 7 };

/** A streamed answer in pieces of a few characters. */
export function stream(answer: StreamedAnswer): ModelBehaviour {
  return (_asked, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const write = (value: object) => response.write(`data: ${JSON.stringify(value)}\n\n`);
    const delta = (part: object, finish: string | null = null) => {
      write({ model: 'served', choices: [{ index: 0, delta: part, finish_reason: finish }] });
    };
    for (const piece of pieces(answer.reasoning ?? '')) {
      delta({ [answer.field ?? 'reasoning_content']: piece });
    }
    for (const piece of pieces(answer.content)) delta({ content: piece });
    if (answer.isCut === true) {
      response.destroy();
      return;
    }
    if (answer.finish !== null) delta({}, answer.finish ?? 'stop');
    if (answer.usage !== null) write({ choices: [], usage: answer.usage ?? USAGE });
    response.end('data: [DONE]\n\n');
  };
}

function pieces(text: string): string[] {
  return text.match(/.{1,5}/gsu) ?? [];
}

export function refuse(status: number, headers: Record<string, string> = {}): ModelBehaviour {
  return (_asked, response) => {
    response.writeHead(status, headers).end('{"error":{"message":"no"}}');
  };
}
