import type { ApiToken } from '#lib/schemas/token.ts';
import { Badge } from '../_ui/badge.tsx';
import { formatTime, UNKNOWN } from '../_ui/number-format.ts';
import { Cell, HeaderCell, Row, Table } from '../_ui/table.tsx';
import { ActionButton } from './action-button.client.tsx';

export function TokenTable({
  tokens,
  ownId,
  now,
}: {
  tokens: ApiToken[];
  ownId: string;
  now: Date;
}) {
  return (
    <Table>
      <thead>
        <tr>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Ends with</HeaderCell>
          <HeaderCell>Scopes</HeaderCell>
          <HeaderCell>Last used</HeaderCell>
          <HeaderCell>Expires</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <Row key={token.id}>
            <Cell className="max-w-64 truncate">{token.name}</Cell>
            <Cell className="font-mono text-xs">{token.last4}</Cell>
            <Cell>{token.scopes.join(', ')}</Cell>
            <Cell className="whitespace-nowrap">{timeOf(token.lastUsedAt)}</Cell>
            <Cell className="whitespace-nowrap">{timeOf(token.expiresAt)}</Cell>
            <Cell>
              <TokenState token={token} now={now} isOwn={token.id === ownId} />
            </Cell>
            <Cell className="text-right">
              {token.revokedAt === null && (
                <ActionButton
                  label="Revoke"
                  look="quiet"
                  method="POST"
                  path={`/api/v1/tokens/${token.id}/revoke`}
                  question={`"${token.name}" stops working at once, also in browsers that are signed in with it. This can not be undone.`}
                />
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function TokenState({ token, now, isOwn }: { token: ApiToken; now: Date; isOwn: boolean }) {
  if (token.revokedAt !== null) return <Badge tone="bad">revoked</Badge>;
  if (token.expiresAt !== null && new Date(token.expiresAt) <= now) return <Badge>expired</Badge>;
  return <Badge tone="good">{isOwn ? 'valid, this browser' : 'valid'}</Badge>;
}

function timeOf(iso: string | null): string {
  return iso === null ? UNKNOWN : formatTime(iso);
}
