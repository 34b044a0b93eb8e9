import { z } from 'zod';
import { addAudit } from '#lib/db/audit.ts';
import { db, withTransaction } from '#lib/db/client.ts';
import { revokeToken } from '#lib/db/tokens.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { ApiToken } from '#lib/schemas/token.ts';

export const dynamic = 'force-dynamic';

export const POST = route({
  summary: 'Revoke a token',
  description: 'Effective with its next request, and in every browser that is signed in with it.',
  params: z.object({ id: Uuid }),
  response: ApiToken,
  scopes: ['admin'],
  async handle({ params: { id }, viewer }) {
    return withTransaction(db(), async (session) => {
      const revoked = await revokeToken(session, id);
      await addAudit(session, {
        actorTokenId: viewer.tokenId,
        action: 'token.revoke',
        subject: id,
        detail: { name: revoked.name },
      });
      return revoked;
    });
  },
});

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
