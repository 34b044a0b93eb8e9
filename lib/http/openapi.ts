import { z } from 'zod';
import { ERROR_CODES } from '#lib/errors.ts';
import { Problem } from '#lib/schemas/problem.ts';
import type { RouteDefinition } from './route.ts';

export interface DescribedRoute {
  /** As in the address, with {name} for a parameter. */
  path: string;
  method: string;
  definition: RouteDefinition;
}

type Json = Record<string, unknown>;
type Direction = 'input' | 'output';

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: Json;
  security: Json[];
  paths: Record<string, Record<string, Json>>;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
}

/** OpenAPI 3.1 from the schemas that parse and check the requests themselves, so that the two can't differ. */
export function toOpenApi(routes: readonly DescribedRoute[], version: string): OpenApiDocument {
  const components = new Components();
  const problem = components.refer(Problem, 'output');
  const paths: OpenApiDocument['paths'] = {};
  // What goes out keeps its name; what comes in is named apart only where it differs.
  const responses = routes.map(({ definition }) =>
    definition.response === null ? null : components.refer(definition.response, 'output'),
  );
  for (const [index, route] of routes.entries()) {
    const operation = toOperation(route, {
      components,
      problem,
      response: responses[index] ?? null,
    });
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Laconic',
      version,
      description:
        'Benchmark and leaderboard server for efficient reasoning. Errors are application/problem+json (RFC 9457) with one of the codes of the page /docs/api.',
    },
    security: [{ bearer: [] }, {}],
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token lac_…, made on /admin.' },
      },
    },
  };
}

function toOperation(
  { path, method, definition }: DescribedRoute,
  context: { components: Components; problem: Json; response: Json | null },
): Json {
  const { components, problem, response } = context;
  const { scopes, body, requestContent, responseContent } = definition;
  const failure = (description: string): Json => ({
    description,
    content: { 'application/problem+json': { schema: problem } },
  });
  const content = {
    ...(response === null ? {} : { 'application/json': { schema: response } }),
    ...(responseContent === undefined
      ? {}
      : { [responseContent.type]: { schema: { type: 'string' } } }),
  };
  return {
    operationId: operationId(method, path),
    summary: definition.summary ?? `${method} ${path}`,
    ...(definition.description === undefined ? {} : { description: definition.description }),
    ...(scopes === undefined ? {} : { security: [{ bearer: [] }], 'x-scopes': scopes }),
    parameters: [
      ...components.parameters(definition.params, 'path'),
      ...components.parameters(definition.query, 'query'),
      ...(definition.requestHeaders ?? []).map((header) => ({
        name: header.name,
        in: 'header',
        required: header.isRequired,
        description: header.description,
        schema: { type: 'string' },
      })),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: components.refer(body, 'input') } },
          },
        }),
    ...(requestContent === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            description: requestContent.description,
            content: { [requestContent.type]: { schema: { type: 'string' } } },
          },
        }),
    responses: {
      [String(definition.status ?? 200)]: {
        description: responseContent?.description ?? 'As asked.',
        ...(Object.keys(content).length > 0 ? { content } : {}),
      },
      ...(scopes === undefined
        ? {}
        : {
            401: failure(ERROR_CODES.unauthorized.title),
            403: failure(ERROR_CODES.forbidden.title),
          }),
      ...(definition.params === undefined ? {} : { 404: failure(ERROR_CODES.not_found.title) }),
      default: failure('What went wrong, by its code.'),
    },
  };
}

/** `GET /api/v1/runs/{id}/samples` is `getRunsByIdSamples`. */
function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/api\/(?:v1\/)?/, '')
    .split('/')
    .map((step) => step.replace(/^\{(.*)\}$/, 'by-$1').replaceAll('.', '-'));
  const camel = words
    .join('-')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return method.toLowerCase() + camel;
}

/** Schemas with an id stand once under their name; the others stand where they are used. */
class Components {
  readonly schemas: Record<string, Json> = {};

  refer(schema: z.ZodType, direction: Direction): Json {
    const wrapped = this.convert(z.object({ it: schema }), direction);
    return (wrapped.properties as { it: Json }).it; // the wrapper has this one property
  }

  parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = this.convert(schema, 'input') as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, { description, ...rest }]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    }));
  }

  private convert(schema: z.ZodType, direction: Direction): Json {
    const { $defs = {}, ...root } = z.toJSONSchema(schema, {
      io: direction,
      unrepresentable: 'any',
      reused: 'inline',
    }) as Json & { $defs?: Record<string, Json> };
    const names = new Map<string, string>();
    const rename = (value: unknown): unknown => withRefs(value, (name) => names.get(name) ?? name);
    for (const name of Object.keys($defs)) names.set(name, name);
    for (const [name, definition] of Object.entries($defs)) {
      const known = this.schemas[name];
      if (
        known !== undefined &&
        JSON.stringify(known) !== JSON.stringify(clean(rename(definition)))
      ) {
        names.set(name, `${name}Input`);
      }
    }
    for (const [name, definition] of Object.entries($defs)) {
      this.schemas[names.get(name) ?? name] = clean(rename(definition));
    }
    return clean(rename(root));
  }
}

const LOCAL = '#/$defs/';

function withRefs(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((inner) => withRefs(inner, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string' && inner.startsWith(LOCAL)
        ? [key, `#/components/schemas/${rename(inner.slice(LOCAL.length))}`]
        : [key, withRefs(inner, rename)],
    ),
  );
}

/** Without what names the schema itself, which here its place does. */
function clean(value: unknown): Json {
  const { $schema: _schema, id: _id, ...rest } = value as Json; // only objects are passed
  return rest;
}
