import { InlineCode } from '../../_ui/inline-code.tsx';
import { Cell, HeaderCell, Row, Table } from '../../_ui/table.tsx';
import { fieldsOf, type JsonSchema } from './schema-text.ts';

/** The fields of an object; ? marks those that may be left out. */
export function FieldTable({ schema }: { schema: JsonSchema }) {
  return (
    <Table className="max-w-4xl">
      <thead>
        <tr>
          <HeaderCell>Field</HeaderCell>
          <HeaderCell>Type</HeaderCell>
          <HeaderCell>Meaning</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {fieldsOf(schema).map(({ name, type, isRequired, description }) => (
          <Row key={name} className="align-top">
            <Cell className="py-1.5 font-mono text-xs">
              {name}
              {!isRequired && <span className="text-muted">?</span>}
            </Cell>
            <Cell className="max-w-80 py-1.5 font-mono text-xs [overflow-wrap:anywhere]">
              {type}
            </Cell>
            <Cell className="min-w-48 py-1.5 text-muted">
              <InlineCode text={description ?? ''} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
