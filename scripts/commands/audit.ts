import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { attacks } from '#lib/audit/attacks/index.ts';
import { probesFor } from '#lib/audit/attack-probes.ts';
import type { BareForm, LabelledCase } from '#lib/audit/labelled-case.ts';
import { attackText, auditText } from '#lib/audit/report-text.ts';
import { sampleGolds } from '#lib/audit/sample-golds.ts';
import { AppError } from '#lib/errors.ts';
import {
  auditAttacks,
  auditCases,
  poolJudge,
  type AuditJudge,
  type Fault,
} from '#lib/judge/audit-run.ts';
import { readCases, readGolds, type RefusedCase } from '#lib/judge/case-files.ts';
import { importedJudge } from '#lib/judge/imported-verdicts.ts';
import { hybrid, JUDGE_BOUNDS, modelOnly, type ModelJudge } from '#lib/judge/model-judge.ts';
import { VerdictPool } from '#lib/judge/verdict-pool.ts';
import { auditBoard } from '../audit/board.ts';
import { LineFile } from '../audit/line-file.ts';
import { auditMode } from '../audit/modes.ts';
import { auditRun, withModel } from '../audit/model-column.ts';
import { print } from '../audit/print-report.ts';
import { parseColumns } from '../audit/rule-columns.ts';
import { importVerdicts } from '../audit/run-verdicts.ts';
import { auditSeries } from '../audit/series.ts';
import { wholeNumber } from '../audit/whole-number.ts';
import type { Command } from '../command.ts';
import { UsageError, type ExitCode } from '../run-script.ts';

const SAMPLE_GOLDS = 48;
const SHOWN_REFUSED = 10;
const MAX_SHOWN_TEXT = 400;

export const command: Command = {
  summary: 'Measure verifiers: against labelled cases, and against attacks',
  usage: `Usage: laconic audit CASES.jsonl … [--verifiers LIST] [--disagreements FILE] [--wide] [--json]
       laconic audit --run ID --judge [--json]
       laconic audit --run ID --verdicts FILE --judge-name NAME [--json]
       laconic audit --board BENCHMARK [--regrade] [--json]
       laconic audit --series FILE --verifiers TRAINING,AUDIT [--json]
       laconic audit --attacks [--golds FILE] [--seed N] [--per-attack N] [--verifiers LIST] [--wide] [--json]

Labelled cases are JSONL (plain, gzip or zstd) with a reference (gold, gold_answer, correct_answer, answer …), a
response (pred, response, llm_response …) and a label (truth, expected, label, gold_judgment …: true, 1, correct, A).
Data set, kind and model of a row, where given, break the table down. Attacks are responses without an answer.

  --verifiers LIST      ids with commas between them; policy switches follow a colon: math:rounding=gold-places+order=fixed
                        (default: all)
  --disagreements FILE  write every false accept and every refusal as JSONL, with the reason
  --nondefault          include cases whose label rests on an option of their suite
  --bare FORM           how bare answers (kind pair or derived) are handed over: boxed (default) or as-is
  --attacks             attacks instead of cases
  --golds FILE          references to attack, as JSONL; without it ${String(SAMPLE_GOLDS)} of many types are made from the seed
  --seed N              of the attacks and references (default: 1)
  --per-attack N        probes of each attack for each reference (default: 9)
  --workers N           threads; default: one less than this machine has, at least one
  --wide                every figure and every table, also those of more than 100 columns
  --json                the report as JSON, with every figure
  --verdicts FILE       a column of imported verdicts: JSONL with the "id" of a case and a "verdict" (a state, or true or false)
  --judge               also a model, alone and as a hybrid after the first verifier of the list (else math), behind the
                        OpenAI-compatible address of LACONIC_JUDGE_URL, with LACONIC_JUDGE_MODEL, LACONIC_JUDGE_KEY and,
                        in USD for a million tokens, LACONIC_JUDGE_PRICE_IN and _OUT; LACONIC_JUDGE_ALLOW names origins
                        that may be private. Answers are kept in the database of the installation.
  --run ID              ask the judge about what the rule refused in a stored run; its verdicts are kept beside the scores,
                        and the hybrid is told: accepted by the rule, asked, added by the model
                        With --verdicts, the verdicts of a judge that ran elsewhere are kept instead: JSONL with
                        item_key, sample_index (0 without it) and verdict
  --judge-name NAME     the model whose verdicts are imported into a run
  --board BENCHMARK     the ranks of a stored board under each verifier, and how many pairs of runs change their order;
                        runs that are not graded yet are handed to the workers
  --regrade             hand all of its runs to the workers again
  --series FILE         samples of training checkpoints, JSONL with step, gold and response: where the verifier of the
                        reward leaves the one that audits it behind
  --judge-requests N    how many requests may be sent (default: ${String(JUDGE_BOUNDS.maxRequests)})
  --judge-cost USD      what may be spent, where the prices are known

Exit code: 0, or 1 when there were lines that could not be read, or questions without an answer of the judge.`,
  run: audit,
};

async function audit(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    tokens: true,
    options: {
      verifiers: { type: 'string' },
      disagreements: { type: 'string' },
      nondefault: { type: 'boolean', default: false },
      bare: { type: 'string', default: 'boxed' },
      attacks: { type: 'boolean', default: false },
      golds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      'per-attack': { type: 'string', default: '9' },
      workers: { type: 'string' },
      json: { type: 'boolean', default: false },
      wide: { type: 'boolean', default: false },
      verdicts: { type: 'string' },
      judge: { type: 'boolean', default: false },
      run: { type: 'string' },
      board: { type: 'string' },
      regrade: { type: 'boolean', default: false },
      'judge-name': { type: 'string' },
      series: { type: 'string' },
      'judge-requests': { type: 'string', default: String(JUDGE_BOUNDS.maxRequests) },
      'judge-cost': { type: 'string' },
    },
  });
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  auditMode(given, positionals);
  if (values.series !== undefined) return auditSeries(values.series, values);
  if (values.board !== undefined) return auditBoard(values.board, values);
  if (values.run !== undefined && values.verdicts !== undefined && !values.judge)
    return importVerdicts(values.run, values.verdicts, values);
  if (values.run !== undefined) return auditRun(values.run, values);
  const bareForm = parseBareForm(values.bare);
  const columns = parseColumns(values.verifiers);
  const workers = values.workers ?? String(Math.max(1, availableParallelism() - 1));
  const pool = new VerdictPool(wholeNumber('workers', workers, 64));
  const refused = new RefusedLines();
  const work = async (model: ModelJudge | null): Promise<void> => {
    const judges = columns.map(({ label, plan }) => poolJudge(label, pool, plan));
    if (values.verdicts !== undefined)
      judges.push(await importedJudge(values.verdicts, refused.add));
    if (model !== null)
      judges.push(modelOnly(model), hybrid(firstRule(values.verifiers, pool), model));
    if (values.attacks) {
      const seed = wholeNumber('seed', values.seed, 2 ** 31, 0);
      const perAttack = wholeNumber('per-attack', values['per-attack'], 1000);
      const golds =
        values.golds === undefined
          ? sampleGolds(seed, SAMPLE_GOLDS)
          : await readGolds(values.golds, refused.add);
      const probes = golds.flatMap((gold) => probesFor(gold, attacks.all, { seed, perAttack }));
      const ids = attacks.all.map(({ id }) => id);
      const report = await auditAttacks(probes, ids, judges);
      print(
        values.json
          ? { seed, perAttack, golds: golds.length, ...report }
          : attackText(report, { isWide: values.wide }),
      );
    } else {
      const source = { files: positionals, bareForm, isEverything: values.nondefault };
      await auditFiles(source, judges, { refused, ...values });
    }
  };
  let code: ExitCode = 0;
  try {
    if (values.judge) code = await withModel(values, (model) => work(model));
    else await work(null);
  } finally {
    await pool.close();
  }
  return refused.tell() ? 1 : code;
}

function firstRule(list: string | undefined, pool: VerdictPool): AuditJudge {
  const [first] = parseColumns(list?.split(',')[0] ?? 'math');
  if (first === undefined) throw new UsageError('--verifiers names no verifier.');
  return poolJudge(first.label, pool, first.plan);
}

interface FileSource {
  files: readonly string[];
  bareForm: BareForm;
  isEverything: boolean;
}

async function auditFiles(
  source: FileSource,
  judges: readonly AuditJudge[],
  flags: {
    refused: RefusedLines;
    disagreements?: string | undefined;
    json: boolean;
    wide: boolean;
  },
): Promise<void> {
  let leftOut = 0;
  async function* cases(): AsyncGenerator<LabelledCase> {
    for (const file of source.files) {
      for await (const labelled of readCases(
        { file, bareForm: source.bareForm },
        flags.refused.add,
      )) {
        if (labelled.isDefault || source.isEverything) yield labelled;
        else leftOut += 1;
      }
    }
  }
  const faults =
    flags.disagreements === undefined ? null : await LineFile.create(flags.disagreements);
  const report = await auditCases(cases(), judges, (fault) => faults?.add(toLine(fault))).finally(
    () => faults?.close(),
  );
  if (report.cases === 0) {
    flags.refused.tell();
    throw new AppError('unprocessable', 'There is no case to judge in what was given.');
  }
  print(flags.json ? { ...report, leftOut } : auditText(report, { isWide: flags.wide }));
  if (leftOut > 0) {
    process.stderr.write(
      `${String(leftOut)} case(s) left out, because their label rests on an option (--nondefault takes them in).\n`,
    );
  }
}

function toLine({ judge, kind, labelled, verdict }: Fault): Record<string, unknown> {
  const { id, dataset, kind: caseKind, generator, input } = labelled;
  const response =
    input.response.length > MAX_SHOWN_TEXT ? input.response.slice(-MAX_SHOWN_TEXT) : input.response;
  return {
    judge,
    fault: kind,
    id,
    dataset,
    kind: caseKind,
    generator,
    gold: input.gold,
    ...verdict,
    response,
  };
}

function parseBareForm(text: string): BareForm {
  if (text === 'boxed' || text === 'as-is') return text;
  throw new UsageError('--bare is boxed or as-is.');
}

/** Tells the first lines that could not be read, and how many there were. */
class RefusedLines {
  private readonly shown: RefusedCase[] = [];
  private count = 0;

  readonly add = (refused: RefusedCase): void => {
    this.count += 1;
    if (this.shown.length < SHOWN_REFUSED) this.shown.push(refused);
  };

  /** True when there were some. */
  tell(): boolean {
    for (const { file, line, reason } of this.shown) {
      process.stderr.write(`${file}, line ${String(line)}: ${reason}\n`);
    }
    if (this.count > 0) process.stderr.write(`${String(this.count)} line(s) were not read.\n`);
    return this.count > 0;
  }
}
