import type { FileSample } from '#lib/importers/importer.ts';
import { importers } from '#lib/importers/index.ts';
import { createMappingImporter } from '#lib/importers/mapping/mapping-importer.ts';
import type { SubmissionHeader } from '#lib/schemas/submission.ts';
import { recogniseFormat, type RecognisedFormat } from './recognise.ts';

/** What a submitter says of the form of a file: its format, a mapping of its own, or nothing. */
export type NamedFormat = Pick<SubmissionHeader, 'format' | 'mapping'>;

/** The format that is named, else the one that the file shows; throws `unsupported_format`. */
export function chooseFormat(sample: FileSample, named: NamedFormat): RecognisedFormat {
  if (named.mapping !== undefined) {
    const importer = createMappingImporter(named.mapping);
    return { importer, evidence: `read by the mapping "${importer.label}"` };
  }
  if (named.format === undefined) return recogniseFormat(sample);
  return { importer: importers.get(named.format), evidence: 'named by the submitter' };
}
