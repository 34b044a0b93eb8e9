import { env } from '#lib/env.ts';
import { UsageError } from '../run-script.ts';

/** Where a command talks to, and as whom. */
export interface Connection {
  /** Without a slash at the end. */
  server: string;
  token: string | null;
}

export const CONNECTION_FLAGS = {
  server: { type: 'string' },
  token: { type: 'string' },
} as const;

export const CONNECTION_USAGE = `  --server URL    default: LACONIC_URL, else http://localhost:3000 (or PORT)
  --token T       default: LACONIC_TOKEN, which other users of this machine can not see in the list of processes`;

export function readConnection(flags: { server?: string; token?: string }): Connection {
  const { LACONIC_URL: url, LACONIC_TOKEN: token, PORT: port } = env();
  const server = flags.server ?? url ?? `http://localhost:${String(port)}`;
  if (!/^https?:$/.test(URL.parse(server)?.protocol ?? '')) {
    throw new UsageError(
      `--server takes an address like https://board.example.org, not "${server}".`,
    );
  }
  const end = server.endsWith('/') ? -1 : server.length;
  return { server: server.slice(0, end), token: flags.token ?? token ?? null };
}

export function requireToken(connection: Connection): Connection {
  if (connection.token !== null) return connection;
  throw new UsageError(
    `This needs a token: set LACONIC_TOKEN or give --token. An admin makes one at ${connection.server}/admin, or with \`laconic token create NAME --scope submit\` where the server runs.`,
  );
}
