import { SubmissionHeader } from '#lib/schemas/submission.ts';

/** What is wrong with a field, by its name; '' holds what belongs to no field. */
export type FieldErrors = Partial<Record<string, string>>;

export type ReadHeader =
  { header: SubmissionHeader; errors: null } | { header: null; errors: FieldErrors };

/** The header that a form describes; an empty field is not given. */
export function readHeader(data: FormData): ReadHeader {
  const text = (name: string): string | undefined => {
    const value = data.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const params = readPairs(text('params') ?? '');
  const decoding = readPairs(text('decoding') ?? '');
  const errors: FieldErrors = {};
  if (params.fault !== null) errors.params = params.fault;
  if (decoding.fault !== null) errors.decoding = decoding.fault;

  const mapping = readMapping(text('mapping'));
  if (mapping.fault !== null) errors.mapping = mapping.fault;

  const parsed = SubmissionHeader.safeParse({
    benchmark: text('benchmark') ?? '',
    split: text('split'),
    model: text('model') ?? '',
    method: text('method'),
    label: text('label'),
    family: text('family'),
    params: params.values,
    decoding: decoding.values,
    visibility: text('visibility'),
    mapping: mapping.value,
    rowPolicy: data.get('lenient') === null ? 'strict' : 'lenient',
  });
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = String(issue.path[0] ?? '');
      errors[field] ??= isMissing(text(field)) ? 'is needed' : describeIssue(issue);
    }
  }
  return parsed.success && Object.keys(errors).length === 0
    ? { header: parsed.data, errors: null }
    : { header: null, errors };
}

function isMissing(value: string | undefined): boolean {
  return value === undefined;
}

/** Inside a field that holds more than one value, with the place. */
function describeIssue({ path, message }: { path: PropertyKey[]; message: string }): string {
  const inner = path.slice(1);
  return inner.length === 0 ? message : `/${inner.map(String).join('/')}: ${message}`;
}

function readMapping(text: string | undefined): { value?: unknown; fault: string | null } {
  if (text === undefined) return { fault: null };
  try {
    return { value: JSON.parse(text), fault: null };
  } catch {
    return { fault: 'is not JSON' };
  }
}

type Value = string | number | boolean;

/** One `name=value` a line; numbers and booleans are read as such. */
function readPairs(text: string): { values: Record<string, Value>; fault: string | null } {
  const values = new Map<string, Value>();
  for (const line of text.split(/[\n,]/).map((part) => part.trim())) {
    if (line === '') continue;
    const at = line.indexOf('=');
    const name = line.slice(0, at).trim();
    if (at === -1 || name === '') {
      return { values: {}, fault: `"${line.slice(0, 40)}" is not name=value` };
    }
    values.set(name, toValue(line.slice(at + 1).trim()));
  }
  return { values: Object.fromEntries(values), fault: null };
}

function toValue(text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}
