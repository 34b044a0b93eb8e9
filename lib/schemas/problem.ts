import { z } from 'zod';

/** RFC 9457. `errors` holds the first hundred findings; the rest is in the row report. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    errors: z
      .array(
        z.object({
          line: z.int().optional(),
          byteOffset: z.int().optional(),
          pointer: z.string().optional(),
          code: z.string(),
          message: z.string(),
          hint: z.string().optional(),
        }),
      )
      .optional(),
    request_id: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
