import { generateClient } from './generate.ts';
import { runStep, runTool, type StepResult } from './steps.ts';

interface Check {
  name: string;
  work: () => Promise<void>;
}

/** What the others read: the generated client and the types of the pages. */
const FIRST: readonly Check[] = [
  { name: 'database client', work: () => Promise.resolve().then(generateClient) },
  { name: 'page types', work: () => runTool('next/dist/bin/next', ['typegen']) },
];
/** In rising cost, so that the first complaint comes early. */
const QUICK: readonly Check[] = [
  {
    name: 'format',
    work: () =>
      runTool('prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn', '--cache']),
  },
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
];
/** As long as all the others together: it has a core of its own. */
const SLOW: readonly Check[] = [
  { name: 'lint', work: () => runTool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']) },
];

/** Everything that can be said without running the product. All of it runs, also after a failure. */
export async function runChecks(): Promise<StepResult[]> {
  const first = await inTurn(FIRST);
  const others = await Promise.all([inTurn(QUICK), inTurn(SLOW)]);
  return [...first, ...others.flat()];
}

async function inTurn(checks: readonly Check[]): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const { name, work } of checks) results.push(await runStep(name, work));
  return results;
}
