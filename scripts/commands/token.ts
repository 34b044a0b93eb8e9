import { parseArgs } from 'node:util';
import { addAudit } from '#lib/db/audit.ts';
import { withTransaction } from '#lib/db/client.ts';
import { createToken, listTokens, revokeToken } from '#lib/db/tokens.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { CreateToken, type ApiToken } from '#lib/schemas/token.ts';
import { withInstallation } from '../client/installation.ts';
import type { Command } from '../command.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

const DAY_MS = 86_400_000;

export const command: Command = {
  summary: 'Make, list and revoke tokens, on the machine of the server',
  usage: `Usage: laconic token create NAME [--scope submit] [--days N] [--json]
       laconic token list [--json]
       laconic token revoke ID

Works on the database itself: of DATABASE_URL, or of the data folder (LACONIC_DATA), whether Laconic runs or not.
A new token is printed once and stored only as a hash.

  --scope S[,S]   submit (default), read:private, admin
  --days N        how long it is valid; without it until it is revoked`,
  run: token,
};

async function token(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      scope: { type: 'string', default: 'submit' },
      days: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [action, subject, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`"${rest[0] ?? ''}" is one word too many.`);
  if (action === 'create' && subject !== undefined) return create(subject, values);
  if (action === 'list' && subject === undefined) return list(values.json);
  if (action === 'revoke' && subject !== undefined) return revoke(subject);
  throw new UsageError(command.usage);
}

async function create(
  name: string,
  flags: { scope: string; days?: string; json: boolean },
): Promise<ExitCode> {
  const wanted = CreateToken.safeParse({
    name,
    scopes: flags.scope.split(','),
    ...(flags.days !== undefined && { expiresInDays: Number(flags.days) }),
  });
  if (!wanted.success) {
    const [issue] = wanted.error.issues;
    throw new UsageError(`${issue?.path[0]?.toString() ?? 'token'}: ${issue?.message ?? ''}`);
  }
  const { scopes, expiresInDays } = wanted.data;
  const created = await withInstallation((db) =>
    withTransaction(db, async (session) => {
      const expiry =
        expiresInDays === undefined
          ? {}
          : { expiresAt: new Date(Date.now() + expiresInDays * DAY_MS) };
      const made = await createToken(session, { name, scopes, ...expiry });
      await addAudit(session, { actorTokenId: null, action: 'token.create', subject: made.id });
      return made;
    }),
  );
  if (flags.json) process.stdout.write(`${JSON.stringify(created)}\n`);
  else {
    process.stdout.write(`${created.token}\n`);
    process.stderr.write(`Token ${created.id} for "${name}", shown this once.\n`);
  }
  return 0;
}

async function list(isJson: boolean): Promise<ExitCode> {
  const tokens = await withInstallation((db) => listTokens(db));
  if (isJson) process.stdout.write(`${JSON.stringify(tokens)}\n`);
  else for (const one of tokens) process.stdout.write(`${describe(one)}\n`);
  return 0;
}

async function revoke(id: string): Promise<ExitCode> {
  if (!Uuid.safeParse(id).success) throw new UsageError(`"${id}" is not the id of a token.`);
  const revoked = await withInstallation((db) =>
    withTransaction(db, async (session) => {
      const ended = await revokeToken(session, id);
      await addAudit(session, { actorTokenId: null, action: 'token.revoke', subject: id });
      return ended;
    }),
  );
  process.stdout.write(`${describe(revoked)}\n`);
  return 0;
}

function describe({ id, name, last4, scopes, expiresAt, lastUsedAt, revokedAt }: ApiToken): string {
  const day = (time: string) => time.slice(0, 10);
  const ends = expiresAt === null ? 'no end' : `until ${day(expiresAt)}`;
  const state = revokedAt === null ? ends : `revoked ${day(revokedAt)}`;
  const used = lastUsedAt === null ? 'never used' : `used ${day(lastUsedAt)}`;
  return `${id}  …${last4}  ${scopes.join(',')}  ${state}  ${used}  ${name}`;
}
