import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JudgeSettings } from '#lib/judge/judge-settings.ts';

export interface Asked {
  model: string;
  max_tokens: number;
  messages: { role: string; content: string }[];
}

export type Behaviour = (asked: Asked, response: ServerResponse, request: IncomingMessage) => void;

/** Speaks the protocol of a chat server on the loopback; how it answers can change from question to question. */
export async function startChatServer(behaviour: Behaviour) {
  const asked: Asked[] = [];
  const state = { behaviour };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Asked;
      asked.push(body);
      state.behaviour(body, response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${String(port)}`;
  const settings: JudgeSettings = {
    baseUrl: `${origin}/v1`,
    key: 'secret-key',
    model: 'tiny-judge',
    allowed: [origin],
    prices: { input: 1, output: 2 },
  };
  return {
    settings,
    asked,
    answerBy: (next: Behaviour) => (state.behaviour = next),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** A completion as such servers write it. */
export function say(text: string): Behaviour {
  return (_asked, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: 'x',
        choices: [{ index: 0, message: { role: 'assistant', content: text } }],
        usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
      }),
    );
  };
}

export function fail(status: number, headers: Record<string, string> = {}): Behaviour {
  return (_asked, response) => {
    response.writeHead(status, headers).end('{"error":{"message":"no"}}');
  };
}
