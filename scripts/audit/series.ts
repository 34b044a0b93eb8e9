import { stat } from 'node:fs/promises';
import type { TrainingView } from '#lib/audit/divergence.ts';
import { poolJudge } from '#lib/judge/audit-run.ts';
import type { RefusedCase } from '#lib/judge/case-files.ts';
import { auditSeriesFile } from '#lib/judge/series-run.ts';
import { VerdictPool } from '#lib/judge/verdict-pool.ts';
import { UsageError, type ExitCode } from '../run-script.ts';
import { print } from './print-report.ts';
import { parseColumns } from './rule-columns.ts';

/** The training view of one file: by step, what the reward accepted and what the audit confirms. */
export async function auditSeries(
  file: string,
  flags: { verifiers?: string | undefined; json: boolean },
): Promise<ExitCode> {
  const [training, audit, ...more] =
    flags.verifiers === undefined ? [] : parseColumns(flags.verifiers);
  if (training === undefined || audit === undefined || more.length > 0) {
    throw new UsageError(
      '--series needs --verifiers with two: that of the reward and that which audits it.',
    );
  }
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw new UsageError(`${file} is not a file that can be read.`);
  const pool = new VerdictPool(1);
  const refused: RefusedCase[] = [];
  try {
    const judges = {
      training: poolJudge(training.label, pool, training.plan),
      audit: poolJudge(audit.label, pool, audit.plan),
    };
    const view = await auditSeriesFile(file, judges, (one) => refused.push(one));
    print(flags.json ? view : seriesText(view, training.label, audit.label));
  } finally {
    await pool.close();
  }
  const [first] = refused;
  if (first === undefined) return 0;
  process.stderr.write(
    `${String(refused.length)} line(s) were not read, the first is line ${String(first.line)}: ${first.reason}\n`,
  );
  return 1;
}

function seriesText(
  { checkpoints, divergedAt }: TrainingView,
  training: string,
  audit: string,
): string {
  const share = (value: number | null) => (value === null ? '—' : value.toFixed(3)).padStart(7);
  const lines = checkpoints.map(
    (one) =>
      `${String(one.step).padStart(8)} ${share(one.training)} ${share(one.audit)} ${share(one.gap)}`,
  );
  const finding =
    divergedAt === null
      ? 'The reward does not leave the audit behind.'
      : `From step ${String(divergedAt)} on the reward rises above what the audit confirms.`;
  return `    step  reward   audit     gap   (reward: ${training}, audit: ${audit})\n${lines.join('\n')}\n\n${finding}\n`;
}
