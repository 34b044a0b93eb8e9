import type { ExitCode } from './run-script.ts';

/** One subcommand of `laconic`: its file in `scripts/commands` has its name. */
export interface Command {
  /** One line for `laconic --help`. */
  readonly summary: string;
  /** What `laconic NAME --help` prints. */
  readonly usage: string;
  run(args: readonly string[]): Promise<ExitCode>;
}
