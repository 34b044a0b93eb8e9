import { z } from 'zod';
import { requireViewer } from '#lib/http/auth.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { getReadableSubmission } from '#lib/http/submission-access.ts';
import { submissionEvents } from '#lib/http/submission-events.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  summary: 'Follow a submission as server-sent events',
  description:
    'One event `submission` with the whole submission at every change, its id the sequence; `end` at a final state. A client that connects again with Last-Event-ID gets what is new.',
  params: z.object({ id: Uuid }),
  response: null,
  responseContent: { type: 'text/event-stream', description: 'Events until a final state.' },
  requestHeaders: [
    { name: 'Last-Event-ID', isRequired: false, description: 'The last sequence seen.' },
  ],
  scopes: ['submit', 'read:private'],
  async handle({ params: { id }, viewer, request }) {
    await getReadableSubmission(viewer, id);
    const lastSeen = /^\d{1,9}$/.exec(request.headers.get('last-event-id') ?? '')?.[0];
    return submissionEvents({
      // The token is asked for anew, and after the reading: nothing of later than its revocation is sent.
      async read() {
        const submission = await getReadableSubmission(viewer, id);
        await requireViewer(request);
        return submission;
      },
      lastSequence: lastSeen === undefined ? null : Number(lastSeen),
      signal: request.signal,
    });
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
