import { AppError } from '#lib/errors.ts';
import type { FigureData } from './figure-data.ts';
import { figureKinds } from './kinds/index.ts';
import type { FigureSources } from './sources.ts';
import { FigureSpec } from './spec.ts';
import type { FigureKind } from './figure-kind.ts';

/** A spec that is whole: its kind is known and its query is valid. */
export interface ParsedSpec {
  /** With all defaults, those of the query included: this is what is hashed. */
  spec: FigureSpec;
  kind: FigureKind;
  query: unknown;
}

/** Throws `invalid_input` with the place of every fault. */
export function parseSpec(input: unknown): ParsedSpec {
  const parsed = FigureSpec.safeParse(input);
  if (!parsed.success) throw invalid('The figure spec', parsed.error.issues);
  if (!figureKinds.has(parsed.data.kind)) {
    const known = figureKinds.all.map(({ id }) => id).join(', ');
    throw new AppError(
      'invalid_input',
      `There is no kind of figure called "${parsed.data.kind}". Known: ${known}.`,
    );
  }
  const kind = figureKinds.get(parsed.data.kind);
  const query = kind.query.safeParse(parsed.data.data);
  if (!query.success) throw invalid(`The data of a ${kind.id} figure`, query.error.issues, '/data');
  return {
    spec: { ...parsed.data, data: query.data as Record<string, unknown> },
    kind,
    query: query.data,
  };
}

function invalid(
  what: string,
  issues: readonly { path: readonly PropertyKey[]; message: string; code?: string }[],
  at = '',
): AppError {
  const details = issues.map(({ path, message, code }) => ({
    pointer: `${at}${path.map((part) => `/${String(part)}`).join('')}`,
    code: code ?? 'invalid',
    message,
  }));
  const shown = details
    .slice(0, 3)
    .map(({ pointer, message }) => `${pointer === '' ? 'the whole' : pointer}: ${message}`);
  return new AppError('invalid_input', `${what} is not valid: ${shown.join('; ')}.`, { details });
}

/** Everything that pages, files and the API show of a figure comes from here. */
export function resolveFigure(
  { kind, query }: ParsedSpec,
  sources: FigureSources,
): Promise<FigureData> {
  return kind.resolve(query, sources);
}
