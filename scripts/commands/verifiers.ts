import { parseArgs } from 'node:util';
import { z } from 'zod';
import { verifiers } from '#lib/verifiers/index.ts';
import type { Verifier } from '#lib/verifiers/verifier.ts';
import type { Command } from '../command.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

export const command: Command = {
  summary: 'Name the verifiers and what they accept',
  usage: `Usage: laconic verifiers list [--json]

  --json   an array of {"id","version","label","description","policy","values"}: the policy with its defaults, and for
           each switch of it the values that it takes, null where that is a number`,
  run: (args) => Promise.resolve(list(args)),
};

function list(args: readonly string[]): ExitCode {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  if (positionals.length !== 1 || positionals[0] !== 'list') {
    throw new UsageError('verifiers knows one thing to do: list.');
  }
  const entries = verifiers.all.map(({ id, version, label, description, policy }) => ({
    ...{ id, version, label, description },
    // A policy is an object of switches, as the contract test of the verifiers holds.
    policy: policy.parse({}) as Record<string, unknown>,
    values: valuesOf(policy),
  }));
  if (values.json) {
    process.stdout.write(`${JSON.stringify(entries, null, 2)}\n`);
    return 0;
  }
  for (const { id, version, label, description, policy, values: known } of entries) {
    process.stdout.write(`${id}@${String(version)}  ${label}\n  ${description}\n`);
    for (const [name, preset] of Object.entries(policy)) {
      const others = (known[name] ?? []).filter((value) => value !== preset);
      const choice = others.length === 0 ? '' : `   or ${others.map(String).join(', ')}`;
      process.stdout.write(`    ${name}=${String(preset)}${choice}\n`);
    }
  }
  return 0;
}

const Property = z.object({ enum: z.array(z.unknown()).optional(), type: z.string().optional() });

/** The values that each switch takes; null for a switch that is a number or a text. */
function valuesOf(policy: Verifier['policy']): Record<string, readonly unknown[] | null> {
  const { properties = {} } = z.toJSONSchema(policy, { io: 'input' });
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const property = Property.parse(value);
      return [name, property.enum ?? (property.type === 'boolean' ? [true, false] : null)];
    }),
  );
}
