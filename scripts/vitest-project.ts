import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '#lib/env.ts';

export interface TestCounts {
  passed: number;
  failed: number;
  /** Full names: what does not run is said, not hidden. */
  skipped: string[];
}

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Runs one project of vitest.config.ts with its output on our own, and counts from its report. */
export async function runVitestProject(project: string): Promise<TestCounts> {
  const folder = mkdtempSync(path.join(tmpdir(), 'laconic-report-'));
  const file = path.join(folder, 'report.json');
  try {
    const code = await run(project, file);
    return toCounts(project, code, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(project: string, report: string): Promise<number | null> {
  const reporter = project === 'e2e' ? 'verbose' : 'default';
  const child = spawn(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      `--project=${project}`,
      `--reporter=${reporter}`,
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

function toCounts(project: string, code: number | null, file: string): TestCounts {
  const counts: TestCounts = { passed: 0, failed: 0, skipped: [] };
  for (const suite of readReport(file)) {
    for (const { fullName, status } of suite.assertionResults) {
      if (status === 'passed') counts.passed += 1;
      else if (status === 'failed') counts.failed += 1;
      else counts.skipped.push(`${path.relative(ROOT, suite.name)}: ${fullName}`);
    }
    const isBroken =
      suite.status === 'failed' &&
      suite.assertionResults.every(({ status }) => status !== 'failed');
    if (isBroken) counts.failed += 1;
  }
  // An error outside of every test, or no report at all, must not look like a success.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed === 0) {
    process.stdout.write(`The project ${project} ran no test.\n`);
    counts.failed = 1;
  }
  return counts;
}

function readReport(file: string): z.infer<typeof Report>['testResults'] {
  try {
    return Report.parse(JSON.parse(readFileSync(file, 'utf8'))).testResults;
  } catch (cause) {
    process.stdout.write(`There is no test report: ${String(cause)}\n`);
    return [];
  }
}
