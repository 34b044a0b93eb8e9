import type { DescribedRoute } from '#lib/http/openapi.ts';
import { ScrollFrame } from '#app/_ui/scroll-frame.client.tsx';
import { Badge } from '../../_ui/badge.tsx';
import { CopyButton } from '../../_ui/copy-button.client.tsx';
import { InlineCode } from '../../_ui/inline-code.tsx';
import { Cell, HeaderCell, Row, Table } from '../../_ui/table.tsx';
import { curlExample } from './curl-example.ts';
import { FieldTable } from './field-table.tsx';
import { referenceOf, typeOf, type JsonSchema } from './schema-text.ts';

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

type Content = Record<string, { schema: JsonSchema }> | undefined;

/** One method of one address: what it does, what it takes, what it gives, and a command to try it. */
export function Operation({
  route,
  operation,
}: {
  route: DescribedRoute;
  operation: Readonly<Record<string, unknown>>;
}) {
  const { definition, method, path } = route;
  const parameters = operation.parameters as Parameter[]; // toOpenApi always writes the list
  const request = operation.requestBody as { description?: string; content: Content } | undefined;
  const responses = operation.responses as Record<
    string,
    { description: string; content?: Content }
  >;
  const status = String(definition.status ?? 200);
  const example = curlExample(route);
  return (
    <article
      id={String(operation.operationId)}
      className="flex flex-col gap-3 border-t border-hair py-5"
    >
      <div className="flex flex-col gap-1">
        <h3 className="flex flex-wrap items-baseline gap-x-3 text-base">
          <span>{String(operation.summary)}</span>
          {definition.scopes !== undefined && <Badge>{definition.scopes.join(' or ')}</Badge>}
        </h3>
        <p className="font-mono text-sm [overflow-wrap:anywhere]">
          <strong>{method}</strong> {path}
        </p>
        {definition.description !== undefined && (
          <p className="max-w-prose text-muted">
            <InlineCode text={definition.description} />
          </p>
        )}
      </div>
      <div className="relative max-w-3xl">
        <ScrollFrame className="rounded-[5px] bg-sunken p-3 pr-20">
          <pre className="font-mono text-xs">{example}</pre>
        </ScrollFrame>
        <div className="absolute top-1.5 right-1.5">
          <CopyButton text={example} />
        </div>
      </div>
      {parameters.length > 0 && <ParameterTable parameters={parameters} />}
      {request !== undefined && (
        <ContentLine title="Takes" description={request.description} content={request.content} />
      )}
      <ContentLine
        title={`Gives ${status}`}
        description={definition.responseContent?.description}
        content={responses[status]?.content}
      />
    </article>
  );
}

function ParameterTable({ parameters }: { parameters: readonly Parameter[] }) {
  return (
    <Table className="max-w-4xl">
      <thead>
        <tr>
          <HeaderCell>Parameter</HeaderCell>
          <HeaderCell>In</HeaderCell>
          <HeaderCell>Type</HeaderCell>
          <HeaderCell>Meaning</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {parameters.map(({ name, in: place, required, description, schema }) => (
          <Row key={`${place} ${name}`} className="align-top">
            <Cell className="py-1.5 font-mono text-xs">
              {name}
              {!required && <span className="text-muted">?</span>}
            </Cell>
            <Cell className="py-1.5 text-muted">{place}</Cell>
            <Cell className="py-1.5 font-mono text-xs">{typeOf(schema)}</Cell>
            <Cell className="min-w-48 py-1.5 text-muted">
              {description !== undefined && <InlineCode text={description} />}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** A body by its type: a name that leads to the schema, or its fields where it has no name. */
function ContentLine({
  title,
  description,
  content,
}: {
  title: string;
  description: string | undefined;
  content: Content;
}) {
  return Object.entries(content ?? {}).map(([type, { schema }]) => {
    const reference = referenceOf(schema);
    const isObject = reference === null && schema.properties !== undefined;
    return (
      <div key={type} className="flex flex-col gap-2 text-sm">
        <p>
          <span className="text-muted">{title}</span>{' '}
          <span className="font-mono text-xs">{type}</span>
          {reference !== null && (
            <>
              {': '}
              <a href={`#schema-${reference}`} className="underline">
                {reference}
              </a>
            </>
          )}
          {description !== undefined && (
            <span className="text-muted">
              {' '}
              <InlineCode text={description} />
            </span>
          )}
        </p>
        {isObject && <FieldTable schema={schema} />}
      </div>
    );
  });
}
