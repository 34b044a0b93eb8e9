import { ERROR_CODES } from '#lib/errors.ts';
import { Cell, HeaderCell, Row, Table } from '../../_ui/table.tsx';

/** Every code an error can have; the address of a problem's `type` leads to its row. */
export function ErrorTable() {
  return (
    <Table className="max-w-3xl">
      <thead>
        <tr>
          <HeaderCell>Code</HeaderCell>
          <HeaderCell isNumber>Status</HeaderCell>
          <HeaderCell>Meaning</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {Object.entries(ERROR_CODES).map(([code, { status, title }]) => (
          <Row key={code} id={code}>
            <Cell className="font-mono text-xs">{code}</Cell>
            <Cell isNumber>{status}</Cell>
            <Cell>{title}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
