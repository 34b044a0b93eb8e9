import type { Db } from '#lib/db/client.ts';
import { listVerdictKeys, type HybridCounts } from '#lib/db/model-verdicts.ts';
import { judgeRun, verdictSource } from '#lib/judge/judge-run.ts';
import { judgeSettings } from '#lib/judge/judge-settings.ts';
import { ModelJudge } from '#lib/judge/model-judge.ts';
import { storedCache } from '#lib/judge/stored-cache.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { withInstallation } from '../client/installation.ts';
import { UsageError, type ExitCode } from '../run-script.ts';
import { print } from './print-report.ts';
import { wholeNumber } from './whole-number.ts';

/** The configured judge, with its answers in the database; tells at the end what it used. 1 when it left questions open. */
export async function withModel(
  flags: { 'judge-requests': string; 'judge-cost'?: string | undefined },
  work: (model: ModelJudge, db: Db) => Promise<void>,
): Promise<ExitCode> {
  const settings = judgeSettings();
  if (settings === null)
    throw new UsageError('--judge needs LACONIC_JUDGE_URL and LACONIC_JUDGE_MODEL.');
  const cost = flags['judge-cost'];
  const maxCostUsd = cost === undefined ? null : Number(cost);
  if (maxCostUsd !== null && !(maxCostUsd > 0 && Number.isFinite(maxCostUsd)))
    throw new UsageError('--judge-cost takes an amount in USD, such as 0.50.');
  if (maxCostUsd !== null && settings.prices === null) {
    throw new UsageError('--judge-cost needs LACONIC_JUDGE_PRICE_IN and LACONIC_JUDGE_PRICE_OUT.');
  }
  const maxRequests = wholeNumber('judge-requests', flags['judge-requests'], 10_000_000);
  return withInstallation(async (db) => {
    const model = new ModelJudge(settings, storedCache(db), {
      bounds: { maxRequests, maxCostUsd },
    });
    try {
      await work(model, db);
    } finally {
      process.stderr.write(useText(model));
    }
    return model.use.failed > 0 ? 1 : 0;
  });
}

/** What a judge was asked and what that cost, and why questions are open. */
function useText({ settings, use }: ModelJudge): string {
  const n = (value: number) => value.toLocaleString('en-US');
  const atMost = use.uncounted > 0 ? 'at most ' : '';
  const cost = use.costUsd === null ? 'no price is set' : `${atMost}$${use.costUsd.toFixed(4)}`;
  const lines = [
    `${settings.model}: ${n(use.requests)} requests, ${n(use.fromCache)} answers kept from before; ${n(use.inputTokens)} tokens in, ${n(use.outputTokens)} out; ${cost}.`,
  ];
  if (use.uncounted > 0)
    lines.push(`${n(use.uncounted)} requests came back without a count of tokens.`);
  if (use.unparsable > 0) lines.push(`${n(use.unparsable)} answers hold no verdict.`);
  if (use.failed > 0)
    lines.push(`${n(use.failed)} questions got no answer; the last fault: ${use.lastFault ?? ''}.`);
  if (use.halted !== null) lines.push(`The judge was not asked any more: ${use.halted}.`);
  if (use.overLimit > 0)
    lines.push(`${n(use.overLimit)} questions were left out, because a limit was reached.`);
  if (use.failed + use.overLimit > 0)
    lines.push('The same command asks for what is missing; answers that are kept cost nothing.');
  return `${lines.join('\n')}\n`;
}

/** Asks the model about a stored run, under each policy it was scored by. */
export async function auditRun(
  runId: string,
  flags: Parameters<typeof withModel>[0] & { judge: boolean; json: boolean },
): Promise<ExitCode> {
  if (!flags.judge)
    throw new UsageError('--run goes with --judge, or with --verdicts FILE --judge-name NAME.');
  const id = Uuid.safeParse(runId);
  if (!id.success) throw new UsageError('--run takes the id of a run.');
  return withModel(flags, async (model, db) => {
    for (const key of await listVerdictKeys(db, id.data)) {
      const counts = await judgeRun(db, key, model);
      const { verifier, version, policy } = key;
      const report = { verifier, version, policy, source: verdictSource(model), ...counts };
      print(flags.json ? report : `${hybridText(report)}\n`);
    }
  });
}

export function hybridText(report: HybridCounts & { verifier: string; version: number }): string {
  const { verifier, version, scored, rule, asked, added, undecided } = report;
  const hybrid = `${String(rule + added)} with the model`;
  return `${verifier}@${String(version)}: ${String(scored)} scored, ${String(rule)} accepted by the rule, ${hybrid}; ${String(asked)} asked, ${String(undecided)} undecided`;
}
