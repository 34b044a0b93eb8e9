import { MODEL_JUDGES } from '#lib/audit/model-judges.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { VerifierList } from '#lib/schemas/verify.ts';
import { listVerifiers } from '#lib/audit/verifier-facts.ts';

export const GET = route({
  summary: 'Every verifier',
  description:
    'With version, what it needs, and the switches of its policy. Those that need a service ask a model: they judge stored runs and audits, and `POST /api/v1/verify` does not know them.',
  response: VerifierList,
  handle: () => Promise.resolve({ verifiers: [...listVerifiers(), ...MODEL_JUDGES] }),
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
