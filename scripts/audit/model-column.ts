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

/** The configured judge, with its answers in the database; tells at the end what it used. */
export async function withModel(
  flags: { 'judge-requests': string; 'judge-cost'?: string | undefined },
  work: (model: ModelJudge, db: Db) => Promise<void>,
): Promise<void> {
  const settings = judgeSettings();
  if (settings === null)
    throw new UsageError('--judge needs LACONIC_JUDGE_URL and LACONIC_JUDGE_MODEL.');
  const cost = flags['judge-cost'];
  const maxCostUsd = cost === undefined ? null : Number(cost);
  if (maxCostUsd !== null && !(maxCostUsd >= 0))
    throw new UsageError('--judge-cost takes an amount.');
  if (maxCostUsd !== null && settings.prices === null) {
    throw new UsageError('--judge-cost needs LACONIC_JUDGE_PRICE_IN and LACONIC_JUDGE_PRICE_OUT.');
  }
  const maxRequests = wholeNumber('judge-requests', flags['judge-requests'], 10_000_000);
  await withInstallation(async (db) => {
    const model = new ModelJudge(settings, storedCache(db), {
      bounds: { maxRequests, maxCostUsd },
    });
    try {
      await work(model, db);
    } finally {
      process.stderr.write(
        `${settings.model}: ${JSON.stringify({ ...model.use, costUsd: model.use.costUsd === null ? null : Number(model.use.costUsd.toFixed(6)) })}\n`,
      );
    }
  });
}

/** Asks the model about a stored run, under each policy it was scored by. */
export async function auditRun(
  runId: string,
  flags: Parameters<typeof withModel>[0] & { judge: boolean; attacks: boolean; json: boolean },
  files: readonly string[],
): Promise<ExitCode> {
  if (!flags.judge || flags.attacks || files.length > 0) {
    throw new UsageError('--run goes with --judge, and with neither files nor --attacks.');
  }
  const id = Uuid.safeParse(runId);
  if (!id.success) throw new UsageError('--run takes the id of a run.');
  await withModel(flags, async (model, db) => {
    for (const key of await listVerdictKeys(db, id.data)) {
      const counts = await judgeRun(db, key, model);
      const { verifier, version, policy } = key;
      const report = { verifier, version, policy, source: verdictSource(model), ...counts };
      print(flags.json ? report : `${hybridText(report)}\n`);
    }
  });
  return 0;
}

export function hybridText(report: HybridCounts & { verifier: string; version: number }): string {
  const { verifier, version, scored, rule, asked, added, undecided } = report;
  const hybrid = `${String(rule + added)} with the model`;
  return `${verifier}@${String(version)}: ${String(scored)} scored, ${String(rule)} accepted by the rule, ${hybrid}; ${String(asked)} asked, ${String(undecided)} undecided`;
}
