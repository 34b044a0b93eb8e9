import { parseArgs } from 'node:util';
import { importBehaviours } from '#lib/judge/imported-behaviours.ts';
import { Uuid } from '#lib/schemas/identifiers.ts';
import { withInstallation } from '../client/installation.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../run-script.ts';

const SHOWN_REFUSED = 10;

export const command: Command = {
  summary: 'Bring labels of behaviours to the samples of a run',
  usage: `Usage: laconic labels import RUN FILE

FILE is JSONL (plain, gzip or zstd) with item, sample (default: 0), labels and source (default: imported). Labels are
names, repeated as often as they occur, or an object of counts: backtracking, verification, subgoal-setting,
enumeration, backward-chaining. A second import of the same source replaces the labels of its samples.

Exit code: 0, or 1 when there were lines that could not be read.`,
  async run(args) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
    const [verb, run, file] = positionals;
    const id = Uuid.safeParse(run);
    if (verb !== 'import' || !id.success || file === undefined || positionals.length > 3)
      throw new UsageError('labels takes: laconic labels import RUN FILE');
    let refused = 0;
    await withInstallation(async (db) => {
      const told = await importBehaviours(db, { runId: id.data, file }, (line) => {
        refused += 1;
        if (refused <= SHOWN_REFUSED)
          process.stderr.write(`${line.file}, line ${String(line.line)}: ${line.reason}\n`);
      });
      process.stdout.write(
        `${String(told.saved)} labels saved, ${String(told.unknown)} of samples that the run does not have, ${String(told.refused)} lines not read\n`,
      );
    });
    return refused === 0 ? 0 : 1;
  },
};
