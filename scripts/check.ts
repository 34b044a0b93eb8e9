import { runChecks } from './checks.ts';
import { runScript } from './run-script.ts';

await runScript(async () => {
  const results = await runChecks();
  const failed = results.filter(({ isPassed }) => !isPassed);
  process.stdout.write(
    failed.length === 0
      ? `All ${String(results.length)} checks passed.\n`
      : `${String(failed.length)} of ${String(results.length)} checks failed: ${failed.map(({ name }) => name).join(', ')}.\n`,
  );
  return failed.length === 0 ? 0 : 1;
});
