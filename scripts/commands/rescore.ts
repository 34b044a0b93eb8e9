import { parseArgs } from 'node:util';
import { RescorePlan } from '#lib/schemas/rescore.ts';
import {
  CONNECTION_FLAGS,
  CONNECTION_USAGE,
  readConnection,
  requireToken,
} from '../client/connection.ts';
import { request } from '../client/request.ts';
import type { Command } from '../command.ts';
import { parseKeyValues } from '../key-values.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

const SHOWN_FLIPS = 20;

export const command: Command = {
  summary: 'Judge stored outputs again, beside the verdicts that are there',
  usage: `Usage: laconic rescore --verifier ID[@VERSION] [options]

Orders verdicts in the background. The old ones stay, and boards show them until \`laconic benchmark pin\` switches;
the page /benchmarks/ID/verdicts shows what changes. Giving the same order again is safe.

  --verifier ID[@VERSION]   the verifier; a version that this server does not have is refused
  --benchmark NAME          only this benchmark; default: all whose board uses the verifier
  --run ID                  only this run; may be repeated
  --policy key=value        a convention that differs from its default, may be repeated; default: each benchmark's own
  --dry-run                 judge a sample of the outputs now, store nothing, print what would change
  --json                    print the answer of the server
${CONNECTION_USAGE}

Exit code: 0, or 1 when the server refuses.`,
  run: rescore,
};

async function rescore(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...CONNECTION_FLAGS,
      verifier: { type: 'string' },
      benchmark: { type: 'string' },
      run: { type: 'string', multiple: true },
      policy: { type: 'string', multiple: true },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.verifier === undefined) throw new UsageError('rescore needs --verifier.');
  const connection = requireToken(readConnection(values));
  const plan = await request(
    connection,
    {
      method: 'POST',
      path: '/api/v1/rescore',
      json: {
        verifier: values.verifier,
        ...(values.benchmark !== undefined && { benchmark: values.benchmark }),
        ...(values.run !== undefined && { runs: values.run }),
        ...(values.policy !== undefined && { policy: parseKeyValues('policy', values.policy) }),
        dryRun: values['dry-run'],
      },
    },
    RescorePlan,
  );
  process.stdout.write(
    values.json ? `${JSON.stringify(plan)}\n` : describe(plan, connection.server),
  );
  return 0;
}

function describe(plan: RescorePlan, server: string): string {
  const name = `${plan.verifier}@${String(plan.version)}`;
  const lines = plan.benchmarks.map(
    ({ name: benchmark, policy, runs, attempts, skipped, benchmarkId }) =>
      `${benchmark}: ${n(attempts)} attempts of ${n(runs)} runs${policy === 'default' ? '' : `, policy ${policy}`}${skipped > 0 ? `, ${n(skipped)} runs have these verdicts already` : ''}\n` +
      (plan.sample === null ? `  ${server}/benchmarks/${benchmarkId}/verdicts\n` : ''),
  );
  if (lines.length === 0) return `No board uses ${name}.\n`;
  if (plan.sample === null) return `Ordered with ${name}:\n${lines.join('')}`;
  const { judged, attempts, flips } = plan.sample;
  const shown = flips
    .slice(0, SHOWN_FLIPS)
    .map(
      ({ label, itemKey, sampleIndex, before, after }) =>
        `  ${label} ${itemKey}/${String(sampleIndex)}: ${before.outcome} → ${after.outcome}, ${after.extracted ?? 'no answer'}; ${after.reason ?? before.reason ?? ''}\n`,
    );
  const more = flips.length > SHOWN_FLIPS ? `  … and ${n(flips.length - SHOWN_FLIPS)} more\n` : '';
  return `Nothing is stored. With ${name}:\n${lines.join('')}${n(flips.length)} of ${n(judged)} outcomes that were tried (of ${n(attempts)}) would change\n${shown.join('')}${more}`;
}

function n(count: number): string {
  return count.toLocaleString('en');
}
