import { AppError } from '#lib/errors.ts';
import { viewerOfSecret } from '#lib/http/auth.ts';
import { readForm, seeOther } from '#lib/http/form.ts';
import { route } from '#lib/http/route.ts';
import { requireSameOrigin } from '#lib/http/same-origin.ts';
import { endedSessionCookie, sessionCookie } from '#lib/http/session-cookie.ts';

export const dynamic = 'force-dynamic';

/** Pages that may be returned to after signing in; anything else could lead away from this site. */
const RETURN_TO = /^\/(?:admin|submit|submissions\/[0-9a-f-]{36})$/;

/** Signs a browser in with a pasted token, or out. */
export const POST = route({
  response: null,
  async handle({ request }) {
    requireSameOrigin(request);
    const form = await readForm(request);
    if (form.has('sign-out')) return seeOther('/', endedSessionCookie(request));
    const wanted = form.get('to') ?? '/admin';
    const to = RETURN_TO.test(wanted) ? wanted : '/admin';
    try {
      const { tokenId } = await viewerOfSecret((form.get('token') ?? '').trim(), request);
      return seeOther(to, sessionCookie(tokenId, request));
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthorized') {
        return seeOther(`${to}?sign-in=failed`);
      }
      throw error;
    }
  },
});
