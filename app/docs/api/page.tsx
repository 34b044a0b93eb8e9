import type { Metadata } from 'next';
import { ScrollFrame } from '#app/_ui/scroll-frame.client.tsx';
import { ROUTES } from '../../api/v1/openapi.json/routes.ts';
import { toOpenApi } from '#lib/http/openapi.ts';
import { VERSION } from '#lib/http/version.ts';
import { ButtonLink } from '../../_ui/button.tsx';
import { PageHeader, Section } from '../../_ui/page-header.tsx';
import { ErrorTable } from './error-table.tsx';
import { FieldTable } from './field-table.tsx';
import { Operation } from './operation.tsx';
import { typeOf } from './schema-text.ts';

export const metadata: Metadata = { title: 'API' };

const FIRST_STEPS = `URL=http://localhost:3000 TOKEN=lac_…
ID=$(curl -s "$URL/api/v1/submissions" -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" -H "Idempotency-Key: $(uuidgen)" \\
  -d '{"benchmark":"gsm8k","model":"my-model"}' | jq -r .id)
curl -T results.jsonl "$URL/api/v1/submissions/$ID/files/results.jsonl" -H "Authorization: Bearer $TOKEN"
curl "$URL/api/v1/submissions/$ID/finalize" -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -d "{\\"bytes\\":$(stat -c %s results.jsonl),\\"sha256\\":\\"$(sha256sum results.jsonl | cut -d' ' -f1)\\"}"
curl -N "$URL/api/v1/submissions/$ID/events" -H "Authorization: Bearer $TOKEN"`;

/** Made from the same schemas that check the requests. */
export default function ApiPage() {
  const document = toOpenApi(ROUTES, VERSION);
  const groups = Map.groupBy(ROUTES, ({ path }) => path.split('/')[3] ?? '');
  return (
    <>
      <PageHeader
        title="HTTP API"
        lead="Everything the pages and the command line do. Reading what is public needs no token; the rest needs one as a bearer token."
        facts={<span>version {VERSION}</span>}
        actions={
          <ButtonLink href="/api/v1/openapi.json" prefetch={false}>
            OpenAPI 3.1
          </ButtonLink>
        }
      />
      <nav aria-label="On this page">
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {[...groups.keys()].map((name) => (
            <li key={name}>
              <a href={`#${name}`} className="underline">
                {name}
              </a>
            </li>
          ))}
          <li>
            <a href="#errors" className="underline">
              errors
            </a>
          </li>
          <li>
            <a href="#schemas" className="underline">
              schemas
            </a>
          </li>
        </ul>
      </nav>
      <Section title="A run in four calls">
        <ScrollFrame className="max-w-4xl rounded-[5px] bg-sunken p-3">
          <pre className="font-mono text-xs">{FIRST_STEPS}</pre>
        </ScrollFrame>
        <p className="max-w-prose text-muted">
          A submission goes draft → uploading → received → validating → scoring → aggregating →
          done. Every call can be repeated: the same key, file and header never make a second run.
        </p>
      </Section>
      {[...groups].map(([name, routes]) => (
        <section key={name} id={name} className="py-4">
          <h2 className="pb-2 text-lg">{name}</h2>
          {routes.map((route) => (
            <Operation
              key={`${route.method} ${route.path}`}
              route={route}
              operation={document.paths[route.path]?.[route.method.toLowerCase()] ?? {}}
            />
          ))}
        </section>
      ))}
      <section id="errors" className="flex flex-col gap-3 py-4">
        <h2 className="text-lg">errors</h2>
        <p className="max-w-prose text-muted">
          Every error is application/problem+json (RFC 9457) with one of these codes, a sentence
          that says what to do, and the request id under which the operator finds it.
        </p>
        <ErrorTable />
      </section>
      <section id="schemas" className="flex flex-col gap-6 py-4">
        <h2 className="text-lg">schemas</h2>
        {Object.entries(document.components.schemas).map(([name, schema]) => (
          <article key={name} id={`schema-${name}`} className="flex flex-col gap-2">
            <h3 className="font-mono text-sm">{name}</h3>
            {schema.properties === undefined ? (
              <p className="font-mono text-xs">{typeOf(schema)}</p>
            ) : (
              <FieldTable schema={schema} />
            )}
          </article>
        ))}
      </section>
    </>
  );
}
