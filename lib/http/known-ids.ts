import { AppError, type ErrorDetail } from '#lib/errors.ts';
import { importers } from '#lib/importers/index.ts';
import type { SubmissionHeader } from '#lib/schemas/submission.ts';
import { knownTokenizers } from '#lib/known-tokenizers.ts';
import { verifiers } from '#lib/verifiers/index.ts';

/** Throws `invalid_input` for a plug-in that this server does not have, or two ways to read the file, before a file is sent for nothing. */
export function requireKnownIds(header: SubmissionHeader): void {
  const asked = [
    { field: 'verifier', id: header.verifier, known: verifiers },
    { field: 'tokenizer', id: header.tokenizer, known: knownTokenizers() },
    { field: 'format', id: header.format, known: importers },
  ] as const;
  const details = asked.flatMap(({ field, id, known }): ErrorDetail[] => {
    if (id === undefined || known.has(id)) return [];
    const ids = known.all.map((one) => one.id).join(', ');
    const message = `There is no ${field} "${id}". Known: ${ids}.`;
    return [{ pointer: `/${field}`, code: `unknown_${field}`, message }];
  });
  if (header.format !== undefined && header.mapping !== undefined) {
    const message = 'Name a format or give a mapping, not both.';
    details.push({ pointer: '/mapping', code: 'format_and_mapping', message });
  }
  const [first] = details;
  if (first !== undefined) throw new AppError('invalid_input', first.message, { details });
}
