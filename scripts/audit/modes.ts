import { UsageError } from '../run-script.ts';

const JUDGE = ['judge', 'judge-requests', 'judge-cost', 'json'] as const;

/** What `audit` can be asked for, and the flags that mean something there: others are refused instead of passed over. */
const FLAGS = {
  cases: [
    'verifiers',
    'disagreements',
    'nondefault',
    'bare',
    'workers',
    'verdicts',
    'wide',
    ...JUDGE,
  ],
  attacks: ['attacks', 'verifiers', 'golds', 'seed', 'per-attack', 'workers', 'wide', ...JUDGE],
  run: ['run', 'verdicts', 'judge-name', ...JUDGE],
  board: ['board', 'regrade', 'json'],
  series: ['series', 'verifiers', 'json'],
} as const;

type AuditMode = keyof typeof FLAGS;

/** The one thing that is asked for by the flags that were given. Throws for flags and files that do not go with it. */
export function auditMode(given: readonly string[], files: readonly string[]): AuditMode {
  const named = (['attacks', 'run', 'board', 'series'] as const).filter((mode) =>
    given.includes(mode),
  );
  const [mode = 'cases', second] = named;
  if (second !== undefined) throw new UsageError(`--${mode} and --${second} are two commands.`);
  if (mode === 'cases' && files.length === 0)
    throw new UsageError('audit takes files of labelled cases, or --attacks and no file.');
  if (mode !== 'cases' && files.length > 0)
    throw new UsageError(`--${mode} takes no file of cases; "${String(files[0])}" is one.`);
  const flags: readonly string[] = FLAGS[mode];
  const odd = given.find((name) => !flags.includes(name));
  if (odd === undefined) return mode;
  const place = mode === 'cases' ? 'files of cases' : `--${mode}`;
  throw new UsageError(
    `--${odd} does not go with ${place}; \`laconic audit --help\` has what does.`,
  );
}
