import { existsSync } from 'node:fs';
import { buildWeb, isBuildStale } from './build-web.ts';
import { runChecks } from './checks.ts';
import { generateClient } from './generate.ts';
import { runScript, UsageError } from './run-script.ts';
import { runStep, type StepResult } from './steps.ts';
import { runVitestProject, type TestCounts } from './vitest-project.ts';

const STAGES = ['check', 'pure', 'db', 'db-system', 'e2e'] as const;
/** Where Debian's packages put PostgreSQL. */
const SYSTEM_POSTGRES = '/usr/lib/postgresql';
type Stage = (typeof STAGES)[number];

/** `npm test` runs every stage, `npm test -- pure db` only these. The last line is the sum over what ran. */
await runScript(async () => {
  const chosen = parseStages(process.argv.slice(2));
  generateClient();
  const total: TestCounts = { passed: 0, failed: 0, skipped: [] };
  for (const stage of STAGES) {
    if (!chosen.includes(stage)) continue;
    const startedAt = performance.now();
    const counts = await runStage(stage);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    process.stdout.write(
      `${stage}: ${String(counts.passed)} passed, ${String(counts.failed)} failed in ${seconds} s\n\n`,
    );
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped.push(...counts.skipped);
  }
  const left = STAGES.filter((stage) => !chosen.includes(stage));
  if (left.length > 0) process.stdout.write(`Not asked for: ${left.join(', ')}\n`);
  if (total.skipped.length > 0) {
    process.stdout.write(
      `${String(total.skipped.length)} skipped:\n${total.skipped.map((name) => `  ${name}\n`).join('')}`,
    );
  }
  process.stdout.write(`${String(total.passed)} passed, ${String(total.failed)} failed\n`);
  return total.failed === 0 ? 0 : 1;
});

function parseStages(args: readonly string[]): readonly Stage[] {
  if (args.length === 0) return STAGES;
  const unknown = args.find((arg) => !STAGES.some((stage) => stage === arg));
  if (unknown !== undefined) {
    throw new UsageError(`There is no stage "${unknown}". Known: ${STAGES.join(', ')}.`);
  }
  return STAGES.filter((stage) => args.includes(stage));
}

async function runStage(stage: Stage): Promise<TestCounts> {
  if (stage === 'check') return toCounts(await runChecks());
  if (stage === 'db-system' && !existsSync(SYSTEM_POSTGRES)) {
    process.stdout.write(
      `There is no ${SYSTEM_POSTGRES}: the database tests run on the embedded PostgreSQL only.\n`,
    );
    return { passed: 0, failed: 0, skipped: [] };
  }
  if (stage !== 'e2e') return runVitestProject(stage);
  // Built here and once, so that no browser test waits for it or builds beside another.
  const build = await runStep('web pages', async () => {
    if (isBuildStale()) await buildWeb();
  });
  if (!build.isPassed) return toCounts([build]);
  const counts = await runVitestProject(stage);
  return { ...counts, passed: counts.passed + 1 };
}

function toCounts(results: readonly StepResult[]): TestCounts {
  const passed = results.filter(({ isPassed }) => isPassed).length;
  return { passed, failed: results.length - passed, skipped: [] };
}
