import { isRowRecord, toFields, toRowRecord } from './fields/row-record.ts';
import {
  INSPECT_UNKNOWNS,
  inspectModel,
  parseInspectSample,
  readInspectHints,
} from './inspect/sample.ts';
import type { Importer } from './importer.ts';

/** JSON logs of Inspect (UK AI Security Institute). */
export const inspectLog: Importer = {
  id: 'inspect-log',
  version: 1,
  label: 'Inspect JSON log',
  description: 'One document with eval, status and samples[]; an epoch is a sample of its item.',
  unknowns: INSPECT_UNKNOWNS,
  layout: { document: [['samples', '*']], omit: ['events', 'transcript', 'store'] },

  recognise({ document }) {
    const evaluation = isRowRecord(document) && 'status' in document ? document.eval : null;
    return 'task' in toFields(evaluation) ? 'matched on eval.task and status' : null;
  },

  hints: ({ document }) => readInspectHints(document),

  parseRow: (row, { around }) => [parseInspectSample(toRowRecord(row), inspectModel(around[0]))],
};
