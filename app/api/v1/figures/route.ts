import { db } from '#lib/db/client.ts';
import { parseSpec } from '#lib/figures/resolve.ts';
import { FigureSpec } from '#lib/figures/spec.ts';
import { RateLimiter } from '#lib/http/rate-limit.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';
import { readFigure, storeFigure } from '#lib/paper/figure-store.ts';
import { Figure } from '#lib/schemas/figure.ts';
import { addressOf } from '../verify/client-address.ts';
import { toFigure } from './figure-response.ts';

export const dynamic = 'force-dynamic';

/** A reader who tries every venue and palette stays far below. */
const requests = new RateLimiter({ limit: 120, windowSeconds: 60 });

export const POST = route({
  summary: 'Make a figure',
  description:
    'Keeps a spec under its hash and answers with the numbers, the drawing, the caption and the addresses of the files. Equal specs have one hash. Needs no token; a figure shows what its reader may see. A client may make 120 figures a minute.',
  body: FigureSpec,
  response: Figure,
  status: 201,
  async handle({ body, viewer, request }) {
    requests.require(viewer?.tokenId ?? addressOf(request), 'figures');
    const parsed = parseSpec(body);
    const figure = await readFigure(db(), parsed, viewer);
    await storeFigure(db(), parsed);
    return toFigure(figure);
  },
});

export const { GET, PUT, PATCH, DELETE } = refuseMethodsBut('POST');
