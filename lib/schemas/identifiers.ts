import { z } from 'zod';

export const Uuid = z.uuid().describe('A UUID (version 7: ordered by time).');
export const Timestamp = z.iso.datetime().describe('UTC, ISO 8601.');
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case');

/** Names end up in addresses, file names and papers: printable, no control characters, no surrounding space. */
export const Name = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u, 'must not hold control characters')
  .refine((name) => name.trim() === name, 'must not begin or end with a space');

export const Visibility = z.enum(['public', 'unlisted', 'private']);
export type Visibility = z.infer<typeof Visibility>;

export const Outcome = z.enum(['correct', 'wrong', 'unparsed', 'unverifiable']);
export const TrustLevel = z.enum(['reported', 'scored', 'rerun']);
export const TraceVisibility = z.enum(['full', 'summary', 'hidden', 'unknown']);

/** Postgres stores neither U+0000 nor half a surrogate pair; line ends and tabs are text. */
const STORABLE = /^[^\p{Cs}\0]*$/u;

export const Params = z
  .record(
    z.string().min(1).max(64).regex(STORABLE, 'must not hold U+0000 or lone surrogates'),
    z.union([
      z.string().max(1024).regex(STORABLE, 'must not hold U+0000 or lone surrogates'),
      z.number(),
      z.boolean(),
    ]),
  )
  .refine((params) => Object.keys(params).length <= 100, 'must not hold more than 100 entries');
export type Params = z.infer<typeof Params>;
