import { z } from 'zod';
import type { Reward } from '../reward.ts';

interface ControlBase {
  /** Where the value stands in the parameters. */
  path: readonly string[];
  label: string;
}

export interface NumberControl extends ControlBase {
  kind: 'number';
  value: number;
  low: number;
  high: number;
  step: number;
}

export interface ChoiceControl extends ControlBase {
  kind: 'choice';
  /** Null: from the group. */
  value: string | null;
  choices: readonly (string | null)[];
}

export type ParameterControl = NumberControl | ChoiceControl;

/** The part of JSON Schema that the parameters of rewards are written in. */
const Node = z.object({
  type: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
});
type Node = z.infer<typeof Node>;

/**
 * A slider or a list of choices for each parameter, read off the schema, so that a new reward needs no page of its own. What a
 * group gives when it is left alone (a mean, a range, a reference) and lists have no control.
 */
export function parameterControls(reward: Reward): ParameterControl[] {
  const defaults = reward.parameters.parse({});
  const schema = z.toJSONSchema(reward.parameters, { io: 'input' });
  return controlsOf(Node.parse(schema), { path: [], value: defaults });
}

function controlsOf(
  node: Node,
  at: { path: readonly string[]; value: unknown },
): ParameterControl[] {
  const { path, value } = at;
  const label = path.map(toWords).join(', ');
  if (node.properties !== undefined) {
    const values = (value ?? {}) as Record<string, unknown>; // the defaults have the shape of the schema
    return Object.entries(node.properties).flatMap(([name, child]) =>
      controlsOf(Node.parse(child), { path: [...path, name], value: values[name] }),
    );
  }
  const choices = choicesOf(node);
  if (choices !== null) {
    return [
      { kind: 'choice', path, label, choices, value: typeof value === 'string' ? value : null },
    ];
  }
  if (typeof value !== 'number') return [];
  return [{ kind: 'number', path, label, value, ...rangeOf(value, node) }];
}

function choicesOf(node: Node): (string | null)[] | null {
  if (node.enum !== undefined) return node.enum;
  const parts = node.anyOf?.map((part) => Node.parse(part)) ?? [];
  const named = parts.find((part) => part.enum !== undefined)?.enum;
  if (named === undefined) return null;
  return parts.some((part) => part.type === 'null') ? [null, ...named] : named;
}

const LONGEST = 32_768;

/** Around the default: lengths to the longest context of the papers, weights to four times themselves. */
function rangeOf(value: number, node: Node): Pick<NumberControl, 'low' | 'high' | 'step'> {
  const least = node.minimum ?? node.exclusiveMinimum ?? -Infinity;
  if (Math.abs(value) >= 256) return { low: Math.max(64, least), high: LONGEST, step: 64 };
  if (node.type === 'integer')
    return { low: Math.max(0, least), high: Math.max(2, value * 2), step: 1 };
  const reach = value === 0 ? 1 : Math.abs(value);
  const step = 10 ** Math.floor(Math.log10(reach / 5));
  const high = round(value > 0 ? value * 4 : reach, step);
  const low = value > 0 && reach < 0.5 ? 0 : -round(Math.abs(value <= 0 ? reach * 2 : reach), step);
  return { low: Math.max(low, least), high: Math.min(high, node.maximum ?? Infinity), step };
}

function round(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toPrecision(6));
}

/** `lengthWeight` is "length weight". */
function toWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The parameters with one value changed; nothing else of them is touched. */
export function withParameter(
  parameters: Readonly<Record<string, unknown>>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [name, ...rest] = path;
  if (name === undefined) return { ...parameters };
  if (rest.length === 0) return { ...parameters, [name]: value };
  const inner = (parameters[name] ?? {}) as Record<string, unknown>; // an inner name of a path leads to an object
  return { ...parameters, [name]: withParameter(inner, rest, value) };
}

/** The value that stands at the path, or undefined when the default does. */
export function parameterAt(
  parameters: Readonly<Record<string, unknown>>,
  path: readonly string[],
): unknown {
  let value: unknown = parameters;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
