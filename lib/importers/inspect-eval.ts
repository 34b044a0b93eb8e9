import { toFields, toRowRecord } from './fields/row-record.ts';
import {
  INSPECT_UNKNOWNS,
  inspectModel,
  parseInspectSample,
  readInspectHints,
} from './inspect/sample.ts';
import { RowError, type Importer } from './importer.ts';

const START = '_journal/start.json';
const SAMPLE = /^samples\/(?:[^/]+_epoch_\d+\.json|[^/]+_epoch_\d+\/sample\.json)$/;

/** `.eval` logs of Inspect: a zip archive of samples, finished or not. */
export const inspectEval: Importer = {
  id: 'inspect-eval',
  version: 1,
  label: 'Inspect .eval log',
  description:
    'A zip archive with a journal and samples/{id}_epoch_{n}.json, packed with deflate or Zstandard. A log without header.json is of an unfinished run: the samples it has are read.',
  unknowns: [
    ...INSPECT_UNKNOWNS,
    'How many samples of an unfinished run are missing: the item list of the benchmark tells.',
    'The turns of samples that are stored in pieces: their output is read.',
  ],
  layout: {
    archive: { isRow: (name) => SAMPLE.test(name), isContext: (name) => name === START },
    omit: ['events', 'transcript', 'store'],
  },

  recognise({ shape, document }) {
    if (shape !== 'archive') return null;
    const members = Object.keys(toFields(document));
    const known = members.find((name) => name === START || name === 'header.json');
    return known === undefined ? null : `matched on the member ${known}`;
  },

  hints({ document }) {
    const members = toFields(document);
    return readInspectHints(members[START] ?? members['header.json']);
  },

  parseRow(row, { around }) {
    const sample = toRowRecord(row);
    if (!('output' in sample)) {
      throw new RowError('missing_outputs', 'The sample has no output.', { pointer: '/output' });
    }
    return [parseInspectSample(sample, inspectModel(toFields(around[0])[START]))];
  },
};
