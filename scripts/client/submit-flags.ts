import { parseArgs } from 'node:util';
import type { Mapping } from '#lib/importers/mapping/mapping.ts';
import { SubmissionHeader } from '#lib/schemas/submission.ts';
import { parseKeyValues } from '../key-values.ts';
import { UsageError } from '../run-script.ts';
import { CONNECTION_FLAGS } from './connection.ts';

export const SUBMIT_FLAGS = {
  benchmark: { type: 'string' },
  split: { type: 'string' },
  model: { type: 'string' },
  method: { type: 'string' },
  label: { type: 'string' },
  family: { type: 'string' },
  param: { type: 'string', multiple: true },
  decoding: { type: 'string', multiple: true },
  visibility: { type: 'string' },
  trace: { type: 'string' },
  format: { type: 'string' },
  mapping: { type: 'string' },
  verifier: { type: 'string' },
  tokenizer: { type: 'string' },
  'no-declare': { type: 'boolean', default: false },
  extend: { type: 'boolean', default: false },
  lenient: { type: 'boolean', default: false },
  ...CONNECTION_FLAGS,
  watch: { type: 'string' },
  settle: { type: 'string' },
  follow: { type: 'boolean', default: false },
  every: { type: 'string' },
  idle: { type: 'string' },
  until: { type: 'string' },
  'no-wait': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

export type SubmitValues = ReturnType<typeof parseArgs<{ options: typeof SUBMIT_FLAGS }>>['values'];

/** What the flags say of the file; a ZodError names the flag that is wrong. */
export function toHeader(values: SubmitValues, mapping: Mapping | undefined): SubmissionHeader {
  for (const name of ['benchmark', 'model'] as const) {
    if (values[name] === undefined) throw new UsageError(`submit needs --${name}.`);
  }
  if (mapping !== undefined && values.format !== undefined) {
    throw new UsageError('Name a format or a mapping, not both.');
  }
  const { benchmark, split, model, method, label, family, visibility, format } = values;
  const { verifier, tokenizer, trace } = values;
  return SubmissionHeader.parse({
    ...{
      benchmark,
      split,
      model,
      method,
      label,
      family,
      visibility,
      format,
      verifier,
      tokenizer,
      mapping,
    },
    traceVisibility: trace,
    params: parseKeyValues('param', values.param ?? []),
    decoding: parseKeyValues('decoding', values.decoding ?? []),
    declare: !values['no-declare'],
    extend: values.extend,
    rowPolicy: values.lenient ? 'lenient' : 'strict',
  });
}
