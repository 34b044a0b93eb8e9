import { db } from '#lib/db/client.ts';
import { openSetupLink } from '#lib/db/setup-links.ts';
import { AppError } from '#lib/errors.ts';
import { readForm, seeOther } from '#lib/http/form.ts';
import { route } from '#lib/http/route.ts';
import { requireSameOrigin } from '#lib/http/same-origin.ts';
import { sessionCookie } from '#lib/http/session-cookie.ts';

export const dynamic = 'force-dynamic';

/** The button of the first-start page: uses the code up and signs this browser in. */
export const POST = route({
  response: null,
  async handle({ request }) {
    requireSameOrigin(request);
    const code = (await readForm(request)).get('code') ?? '';
    try {
      const { id } = await openSetupLink(db(), code);
      return seeOther('/admin?welcome=1', sessionCookie(id, request));
    } catch (error) {
      if (error instanceof AppError && error.code === 'forbidden') {
        return seeOther(`/setup?code=${encodeURIComponent(code)}`);
      }
      throw error;
    }
  },
});
