import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { pinVerdictSet } from '#lib/db/rescoring.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { readPolicy, readVerifierName } from '#lib/jobs/rescore.ts';
import { policyKey } from '#lib/leaderboard/policy-key.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { PinRequest } from '#lib/schemas/rescore.ts';

export const dynamic = 'force-dynamic';

export const PUT = route({
  summary: 'Switch the board of a benchmark to other verdicts',
  description:
    'The board, the ranks and the run pages then show the verdicts of this verifier and policy. Refused with 409 while a run of the board lacks them. The old verdicts stay stored.',
  params: z.object({ id: Uuid }),
  body: PinRequest,
  response: z.object({ id: Uuid, verifier: z.string(), version: z.int(), policy: z.string() }),
  scopes: ['admin'],
  async handle({ params: { id }, body, viewer }) {
    const { verifier, version } = readVerifierName(body.verifier);
    const policy = readPolicy(verifier, body.policy ?? {});
    const set = { verifier, version, policy: policyKey(policy) };
    await pinVerdictSet(db(), { benchmarkId: id, set, policy, actorTokenId: viewer.tokenId });
    return { id, ...set };
  },
});

export const { GET, POST, PATCH, DELETE } = refuseMethodsBut('PUT');
