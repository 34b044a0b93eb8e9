import { importCommand } from '../benchmark/import.ts';
import { itemsCommand } from '../benchmark/items.ts';
import { listCommand } from '../benchmark/list.ts';
import { pinCommand } from '../benchmark/pin.ts';
import { CONNECTION_USAGE } from '../client/connection.ts';
import type { Command } from '../command.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

const SUBCOMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<ExitCode>>> = {
  list: listCommand,
  import: importCommand,
  items: itemsCommand,
  pin: pinCommand,
};

export const command: Command = {
  summary: 'List, import and pin benchmarks',
  usage: `Usage: laconic benchmark list [--json]
       laconic benchmark import FILE --name NAME [options]
       laconic benchmark items NAME[@VERSION]
       laconic benchmark pin NAME[@VERSION] --verifier ID[@VERSION] [--policy key=value …]

import reads JSONL, JSON, CSV, TSV or Parquet (plain, gzip or zstd) by usual field names or by the places given here,
or the items of a file of results that carries its golds. All of it is stored or nothing. The same items again are the
version that is there.
  --question PLACE   a column, or a JSON pointer like /meta/question; so for --answer, --key, --level, --subject, --choices
  --group NAME=PLACE another label to group items by; may be repeated
  --mapping FILE     the same as JSON, with all that mappings know: {"answer": {"at": "/answer", "after": "####"}}
  --title, --split, --description, --licence, --source TEXT
  --verifier ID, --policy key=value, --tokenizer ID   default: inferred from the golds, its defaults, o200k
  --hidden-gold      reference answers never leave the server
  --visibility V     public (default; unlisted unless the token is an admin's), unlisted or private
  --new-version      other items under a known name become its next version
  --dry-run          print the items as JSONL and send nothing

items prints one item a line. pin switches the board to the verdicts of a verifier that all its runs have
(\`laconic rescore\` orders them).
${CONNECTION_USAGE}

Exit code: 0, 1 when the server refuses, 2 for wrong use.`,
  run: benchmark,
};

async function benchmark(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  const run = name === undefined ? undefined : SUBCOMMANDS[name];
  if (run !== undefined) return run(rest);
  throw new UsageError(
    `benchmark takes one of ${Object.keys(SUBCOMMANDS).join(', ')}: laconic benchmark --help tells more.`,
  );
}
