import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import type { FigureData } from '../figure-data.ts';
import type { FigureSources } from '../sources.ts';
import { figureViews } from './index.ts';
import { toViewData } from './view.ts';

/** The query of a kind that shows a table of a page: which one, what it asks, and what the kind asks itself. */
export function viewQuery<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .strictObject({
      view: z.string().max(64).describe('Which table of a page.'),
      of: z.record(z.string(), z.unknown()).default({}).describe('What that table asks.'),
      ...shape,
    })
    .superRefine((query, context) => {
      const { view, of } = query as { view: string; of: Record<string, unknown> };
      if (!figureViews.has(view)) {
        const known = figureViews.all.map(({ id }) => id).join(', ');
        const message = `There is no table of a page called "${view}". Known: ${known}.`;
        context.addIssue({ code: 'custom', path: ['view'], message });
        return;
      }
      const parsed = figureViews.get(view).query.safeParse(of);
      if (parsed.success) return;
      for (const { message, path } of parsed.error.issues)
        context.addIssue({ code: 'custom', path: ['of', ...path], message });
    })
    .transform((query) => {
      const { view, of } = query as { view: string; of: Record<string, unknown> };
      // With its defaults filled in: they belong to the hash.
      return { ...query, of: figureViews.get(view).query.parse(of) as Record<string, unknown> };
    });
}

/** The numbers of the table; every column that is asked for is one of it. */
export async function readView(
  { view, of }: { view: string; of: Record<string, unknown> },
  sources: FigureSources,
  columns: readonly string[],
): Promise<FigureData> {
  const found = figureViews.get(view);
  const data = toViewData(await found.read(found.query.parse(of), sources));
  const known = data.columns.flatMap(({ id, print }) => (print === undefined ? [] : [id]));
  const missing = columns.filter((id) => !known.includes(id));
  if (missing.length === 0) return data;
  throw new AppError(
    'unprocessable',
    `The table ${view} has no column ${missing.map((id) => `"${id}"`).join(', ')}. It has ${known.join(', ')}.`,
  );
}
