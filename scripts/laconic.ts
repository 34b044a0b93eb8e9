import type { Command } from './command.ts';
import { generateClient } from './generate.ts';
import { runScript, UsageError, type ExitCode } from './run-script.ts';

/** Loaded on use: `verify` should not wait for the database client. */
const COMMANDS: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  start: () => import('./commands/start.ts'),
  build: () => import('./commands/build.ts'),
  worker: () => import('./commands/worker.ts'),
  migrate: () => import('./commands/migrate.ts'),
  submit: () => import('./commands/submit.ts'),
  status: () => import('./commands/status.ts'),
  token: () => import('./commands/token.ts'),
  verify: () => import('./commands/verify.ts'),
  verifiers: () => import('./commands/verifiers.ts'),
  inspect: () => import('./commands/inspect.ts'),
  evaluate: () => import('./commands/evaluate.ts'),
  export: () => import('./commands/export.ts'),
  recount: () => import('./commands/recount.ts'),
  rescore: () => import('./commands/rescore.ts'),
  benchmark: () => import('./commands/benchmark.ts'),
  analyze: () => import('./commands/analyze.ts'),
  audit: () => import('./commands/audit.ts'),
  logic: () => import('./commands/logic.ts'),
  labels: () => import('./commands/labels.ts'),
  behaviours: () => import('./commands/behaviours.ts'),
  figure: () => import('./commands/figure.ts'),
  table: () => import('./commands/table.ts'),
  paper: () => import('./commands/paper.ts'),
};

async function main(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(await overview());
    return name === undefined ? 2 : 0;
  }
  const load = COMMANDS[name];
  if (load === undefined) {
    throw new UsageError(
      `There is no command "${name}". Known: ${Object.keys(COMMANDS).join(', ')}.`,
    );
  }
  // Before the command is loaded: most of them import the client.
  generateClient();
  const { command } = await load();
  if (rest.includes('--help')) {
    process.stdout.write(`${command.usage}\n`);
    return 0;
  }
  return command.run(rest);
}

async function overview(): Promise<string> {
  generateClient();
  const lines = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => {
      const { command } = await load();
      return `  ${name.padEnd(12)} ${command.summary}`;
    }),
  );
  return `Usage: laconic COMMAND [options]\n\n${lines.join('\n')}\n\nlaconic COMMAND --help tells more.\n`;
}

await runScript(() => main(process.argv.slice(2)));
