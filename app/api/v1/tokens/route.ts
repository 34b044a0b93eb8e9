import { addAudit } from '#lib/db/audit.ts';
import { db, withTransaction } from '#lib/db/client.ts';
import { createToken, listTokens } from '#lib/db/tokens.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { CreatedToken, CreateToken, TokenList } from '#lib/schemas/token.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'List all tokens, the newest first',
  description: 'Secrets are not stored: a token is shown by its name and last four characters.',
  response: TokenList,
  scopes: ['admin'],
  async handle() {
    return { tokens: await listTokens(db()) };
  },
});

export const POST = route({
  summary: 'Create a token',
  description: 'The secret is in this answer and nowhere else.',
  body: CreateToken,
  response: CreatedToken,
  status: 201,
  scopes: ['admin'],
  async handle({ body: { name, scopes, expiresInDays }, viewer }) {
    return withTransaction(db(), async (session) => {
      const created = await createToken(session, {
        name,
        scopes,
        ...(expiresInDays === undefined
          ? {}
          : { expiresAt: new Date(Date.now() + expiresInDays * 86_400_000) }),
      });
      await addAudit(session, {
        actorTokenId: viewer.tokenId,
        action: 'token.create',
        subject: created.id,
        detail: { name, scopes },
      });
      return created;
    });
  },
});

export const { PUT, PATCH, DELETE } = refuseMethodsBut('GET', 'POST');
