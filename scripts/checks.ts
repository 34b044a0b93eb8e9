import { generateClient } from './generate.ts';
import { runStep, runTool, type StepResult } from './steps.ts';

/** In rising cost, so that the first complaint comes early. */
const CHECKS: readonly { name: string; work: () => Promise<void> }[] = [
  {
    name: 'format',
    work: () =>
      runTool('prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn', '--cache']),
  },
  { name: 'database client', work: () => Promise.resolve().then(generateClient) },
  { name: 'page types', work: () => runTool('next/dist/bin/next', ['typegen']) },
  {
    name: 'dependency rules',
    work: () =>
      runTool('dependency-cruiser/bin/dependency-cruiser.mjs', [
        '--config',
        '.dependency-cruiser.cjs',
        'app',
        'lib',
        'scripts',
        'tests',
      ]),
  },
  { name: 'types', work: () => runTool('typescript/bin/tsc', ['--noEmit', '-p', '.']) },
  { name: 'unused code', work: () => runTool('knip/bin/knip.js', ['--no-progress']) },
  { name: 'lint', work: () => runTool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']) },
];

/** Everything that can be said without running the product. All of it runs, also after a failure. */
export async function runChecks(): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const { name, work } of CHECKS) results.push(await runStep(name, work));
  return results;
}
