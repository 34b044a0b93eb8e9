import { stat } from 'node:fs/promises';
import { countHybrid, listVerdictKeys, type VerdictSource } from '#lib/db/model-verdicts.ts';
import type { RefusedCase } from '#lib/judge/case-files.ts';
import { importRunVerdicts } from '#lib/judge/import-run-verdicts.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { withInstallation } from '../client/installation.ts';
import { UsageError, type ExitCode } from '../run-script.ts';
import { hybridText } from './model-column.ts';
import { print } from './print-report.ts';

/** Verdicts of a judge that ran elsewhere, kept beside the scores of a stored run, and the hybrid that they make. */
export async function importVerdicts(
  runId: string,
  file: string,
  flags: { 'judge-name'?: string | undefined; json: boolean },
): Promise<ExitCode> {
  const id = Uuid.safeParse(runId);
  if (!id.success) throw new UsageError('--run takes the id of a run.');
  const name = flags['judge-name'] ?? '';
  if (!/^[\w.:/-]{1,80}$/u.test(name))
    throw new UsageError(
      '--run with --verdicts needs --judge-name: the model that gave them, such as xVerify-3B.',
    );
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw new UsageError(`${file} is not a file that can be read.`);
  const source: VerdictSource = `model-judge:${name}@imported`;
  const refused: RefusedCase[] = [];
  await withInstallation(async (db) => {
    const keys = await listVerdictKeys(db, id.data);
    const imported = await importRunVerdicts(db, { runId: id.data, source, file }, (one) =>
      refused.push(one),
    );
    if (!flags.json)
      print(`${String(imported.read)} verdicts read, ${String(imported.stored)} of them new\n`);
    for (const key of keys) {
      const { verifier, version, policy } = key;
      const report = { verifier, version, policy, source, ...(await countHybrid(db, key, source)) };
      print(flags.json ? { ...imported, ...report } : `${hybridText(report)}\n`);
    }
  });
  const [first] = refused;
  if (first === undefined) return 0;
  process.stderr.write(
    `${String(refused.length)} line(s) were not taken, the first is line ${String(first.line)}: ${first.reason}\n`,
  );
  return 1;
}
