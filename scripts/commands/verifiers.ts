import { parseArgs } from 'node:util';
import { verifiers } from '#lib/verifiers/index.ts';
import type { Command } from '../command.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

export const command: Command = {
  summary: 'Name the verifiers and what they accept',
  usage: `Usage: laconic verifiers list [--json]

  --json   an array of {"id","version","label","description","policy"}, the policy with its defaults`,
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
    id,
    version,
    label,
    description,
    policy: policy.parse({}),
  }));
  if (values.json) {
    process.stdout.write(`${JSON.stringify(entries, null, 2)}\n`);
    return 0;
  }
  for (const { id, version, label, description, policy } of entries) {
    const conventions = JSON.stringify(policy);
    process.stdout.write(`${id}@${String(version)}  ${label}\n  ${description}\n`);
    if (conventions !== '{}') process.stdout.write(`  Policy: ${conventions}\n`);
  }
  return 0;
}
