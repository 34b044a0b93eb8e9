import { z } from 'zod';
import { Name, Timestamp, Uuid } from './identifiers.ts';

export const Scope = z.enum(['submit', 'read:private', 'admin']);
export type Scope = z.infer<typeof Scope>;

export const CreateToken = z
  .strictObject({
    name: Name,
    scopes: z.array(Scope).min(1),
    expiresInDays: z.int().min(1).max(3650).optional(),
  })
  .meta({ id: 'CreateToken' });

export const ApiToken = z
  .object({
    id: Uuid,
    name: z.string(),
    last4: z.string(),
    scopes: z.array(Scope),
    createdAt: Timestamp,
    expiresAt: Timestamp.nullable(),
    lastUsedAt: Timestamp.nullable(),
    revokedAt: Timestamp.nullable(),
  })
  .meta({ id: 'ApiToken' });
export type ApiToken = z.infer<typeof ApiToken>;

export const TokenList = z.object({ tokens: z.array(ApiToken) }).meta({ id: 'TokenList' });

export const CreatedToken = ApiToken.extend({
  token: z.string().describe('Shown this once.'),
}).meta({ id: 'CreatedToken' });
export type CreatedToken = z.infer<typeof CreatedToken>;
