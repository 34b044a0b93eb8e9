export type JsonSchema = Readonly<Record<string, unknown>>;

export interface FieldRow {
  name: string;
  type: string;
  isRequired: boolean;
  description: string | null;
}

const REFERENCE = '#/components/schemas/';

/** The name behind a reference; null for a schema that stands where it is used. */
export function referenceOf(schema: JsonSchema): string | null {
  const { $ref } = schema;
  return typeof $ref === 'string' && $ref.startsWith(REFERENCE)
    ? $ref.slice(REFERENCE.length)
    : null;
}

/** The fields of an object; those of a nested object follow with a dotted name. */
export function fieldsOf(schema: JsonSchema, prefix = ''): FieldRow[] {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = (schema.required ?? []) as readonly string[];
  return Object.entries(properties).flatMap(([key, field]) => {
    const name = prefix + key;
    const row = {
      name,
      type: typeOf(field),
      isRequired: required.includes(key),
      description: typeof field.description === 'string' ? field.description : null,
    };
    const nested = objectWithin(field);
    return nested === null ? [row] : [row, ...fieldsOf(nested, `${name}.`)];
  });
}

/** An object that has no name of its own, also behind "or null" and inside a list. */
function objectWithin(schema: JsonSchema): JsonSchema | null {
  if (schema.properties !== undefined) return schema;
  if (schema.items !== undefined) return objectWithin(schema.items as JsonSchema);
  const options = (schema.anyOf ?? []) as readonly JsonSchema[];
  return options.map(objectWithin).find((found) => found !== null) ?? null;
}

/** A type in words: "text", "list of Submission", "whole number or null". */
export function typeOf(schema: JsonSchema): string {
  const reference = referenceOf(schema);
  if (reference !== null) return reference;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const { enum: values, anyOf } = schema;
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (Array.isArray(anyOf)) {
    return [...new Set((anyOf as JsonSchema[]).map(typeOf))].join(' or ');
  }
  const fallback = schema.default === undefined ? '' : ` = ${JSON.stringify(schema.default)}`;
  return plainType(schema) + fallback;
}

function plainType(schema: JsonSchema): string {
  switch (schema.type) {
    case 'array':
      return `list of ${typeOf((schema.items ?? {}) as JsonSchema)}`;
    case 'object': {
      const values = schema.additionalProperties;
      const isMap = typeof values === 'object' && values !== null;
      return isMap ? `map of ${typeOf(values as JsonSchema)}` : 'object';
    }
    case 'string':
      return typeof schema.format === 'string' ? schema.format : 'text';
    case 'integer':
      return 'whole number';
    case 'number':
    case 'boolean':
    case 'null':
      return schema.type;
    default:
      return 'any';
  }
}
