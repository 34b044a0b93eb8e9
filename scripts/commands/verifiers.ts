import { parseArgs } from 'node:util';
import { MODEL_JUDGES } from '#lib/audit/model-judges.ts';
import { listVerifiers, needsText } from '#lib/audit/verifier-facts.ts';
import type { Command } from '../command.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

export const command: Command = {
  summary: 'Name the verifiers and what they accept',
  usage: `Usage: laconic verifiers list [--json]

The last two ask a model and are chosen by \`laconic audit --judge\`.

  --json   an array of {"id","version","label","description","needs","policy","values"}: what it needs of reference,
           response, choices, question and host; the policy with its defaults, and for each switch of it the values
           that it takes, null where that is a number`,
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
  const entries = [...listVerifiers(), ...MODEL_JUDGES];
  if (values.json) {
    process.stdout.write(`${JSON.stringify(entries, null, 2)}\n`);
    return 0;
  }
  for (const { id, version, label, description, needs, policy, values: known } of entries) {
    process.stdout.write(`${id}@${String(version)}  ${label}\n  ${description}\n`);
    for (const [heading, text] of needsText(needs)) {
      process.stdout.write(`    ${`${heading}:`.padEnd(11)}${text}\n`);
    }
    for (const [name, preset] of Object.entries(policy)) {
      const others = (known[name] ?? []).filter((value) => value !== preset);
      const choice = others.length === 0 ? '' : `   or ${others.map(String).join(', ')}`;
      process.stdout.write(`    ${name}=${String(preset)}${choice}\n`);
    }
  }
  return 0;
}
