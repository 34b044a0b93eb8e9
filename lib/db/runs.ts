import { toLengthColumn } from '#lib/leaderboard/board-view.ts';
import { describeLengthColumn } from '#lib/leaderboard/length-column.ts';
import { sensitivityBand } from '#lib/leaderboard/grading-plan.ts';
import { policyKey } from '#lib/leaderboard/policy-key.ts';
import { decodeRunState } from '#lib/leaderboard/run-encoding.ts';
import { runProgress } from '#lib/leaderboard/run-progress.ts';
import { parseSlice } from '#lib/leaderboard/item-slice.ts';
import { type GroupedItem, isInSlice, toRunGroups } from '#lib/leaderboard/run-groups.ts';
import { RunFigures, type LengthBar, type Run } from '#lib/schemas/run.ts';
import type { Db } from './client.ts';
import { listGradings } from './gradings.ts';
import { RUN_IS_VISIBLE, type Viewer, viewerParams } from './visibility.ts';

interface RunRecord {
  id: string;
  label: string;
  family: string | null;
  params: Run['params'];
  decoding: Run['decoding'];
  trust: Run['trust'];
  trace_visibility: Run['traceVisibility'];
  visibility: Run['visibility'];
  state: Run['state'];
  citation: { arxiv?: string; note?: string } | null;
  source_format: string | null;
  token_source: string;
  attempts: number;
  expected: number;
  created_at: Date;
  model: string;
  is_program: boolean;
  base_name: string | null;
  method: string | null;
  method_arxiv: string | null;
  benchmark_id: string;
  benchmark_name: string;
  benchmark_version: number;
  split: string;
  title: string;
  has_hidden_gold: boolean;
  default_verifier: string;
  verifier_version: number;
  policy: Record<string, unknown>;
  tokenizer: string;
}

interface SummaryRecord {
  verifier: string;
  version: number;
  policy: string;
  tokenizer: string;
  state: Buffer | null;
  figures: unknown;
  histograms: { lengthHistogram?: LengthBar[] } | null;
  batches_done: number;
  batches: number;
  rank: number | null;
}

/** A run as the board's verifier sees it; null when it is not there for this reader. */
export async function findRun(
  db: Db,
  { id, column }: { id: string; column?: string | undefined },
  viewer: Viewer,
): Promise<Run | null> {
  const run = await findRecord(db, id, viewer);
  if (run === null) return null;
  const summaries = await listSummaries(db, run);
  const summary = chooseSummary(summaries, column);
  const groups = await readGroups(db, run, summary);
  const gradings = await listGradings(db, run.id);
  return toRun(run, { summaries, summary, groups, gradings });
}

/**
 * Accuracy and mean length by the labels of the items, among the items of a slice alone (`task:sudoku`); no labels where
 * no item is in it, null when the run is not there for this reader.
 */
export async function findRunGroups(
  db: Db,
  { id, column, slice }: { id: string; column?: string | undefined; slice: readonly string[] },
  viewer: Viewer,
): Promise<Run['groups'] | null> {
  const run = await findRecord(db, id, viewer);
  if (run === null) return null;
  const summary = chooseSummary(await listSummaries(db, run), column);
  return readGroups(db, run, summary, slice);
}

async function findRecord(db: Db, id: string, viewer: Viewer): Promise<RunRecord | null> {
  const { rows } = await db.pool.query<RunRecord>(
    `select r.id, r.label, r.family, r.params, r.decoding, r.trust_level as trust, r.trace_visibility,
            r.visibility, r.state, r.citation, r.source_format, r.token_source, r.attempts,
            b.item_count * r.samples_per_item as expected, r.created_at,
            m.name as model, m.is_program, m.base_name, h.name as method, h.arxiv as method_arxiv,
            b.id as benchmark_id, b.name as benchmark_name, b.version as benchmark_version, b.split, b.title,
            b.has_hidden_gold, b.default_verifier, b.verifier_version, b.policy, b.tokenizer
     from run r join benchmark b on b.id = r.benchmark_id join model m on m.id = r.model_id
       left join method h on h.id = r.method_id
     where r.id = $3 and ${RUN_IS_VISIBLE}`,
    [...viewerParams(viewer), id],
  );
  return rows[0] ?? null;
}

async function listSummaries(db: Db, run: RunRecord): Promise<SummaryRecord[]> {
  const { rows } = await db.pool.query<SummaryRecord>(
    `select verifier, version, policy, tokenizer, state, figures, histograms, batches_done, batches, rank
     from run_summary
     where run_id = $1
       and ((verifier = $2 and version = $3 and policy = $4) or verifier = 'reported')
     order by tokenizer = 'reported', tokenizer <> $5, tokenizer`,
    [run.id, run.default_verifier, run.verifier_version, policyKey(run.policy), run.tokenizer],
  );
  return rows;
}

/** The column asked for, else the first that knows lengths: counts of ours come before those of the source. */
function chooseSummary(
  summaries: readonly SummaryRecord[],
  column: string | undefined,
): SummaryRecord | null {
  const hasLengths = (one: SummaryRecord) => RunFigures.parse(one.figures).tokensMean !== null;
  return (
    summaries.find((one) => one.tokenizer === column) ??
    summaries.find(hasLengths) ??
    summaries[0] ??
    null
  );
}

/** From the per-item counts of the summary: as cheap for a million attempts as for a thousand. */
async function readGroups(
  db: Db,
  run: RunRecord,
  summary: SummaryRecord | null,
  slice: readonly string[] = [],
): Promise<Run['groups']> {
  if (summary?.state == null) return [];
  const { rows } = await db.pool.query<GroupedItem>(
    `select position, difficulty, groups from item where benchmark_id = $1 order by position`,
    [run.benchmark_id],
  );
  const wanted = parseSlice(slice);
  const items = rows.filter((item) => isInSlice(item, wanted));
  return toRunGroups(decodeRunState(summary.state), items);
}

function toRun(
  run: RunRecord,
  {
    summaries,
    summary,
    groups,
    gradings,
  }: {
    summaries: SummaryRecord[];
    summary: SummaryRecord | null;
    groups: Run['groups'];
    gradings: Run['gradings'];
  },
): Run {
  const isPublished = summary === null || summary.verifier === 'reported';
  const columns = summaries.map(({ tokenizer }) => ({
    id: tokenizer,
    label: describeLengthColumn(toLengthColumn(tokenizer)),
  }));
  return {
    id: run.id,
    label: run.label,
    model: { name: run.model, isProgram: run.is_program, baseName: run.base_name },
    method: run.method === null ? null : { name: run.method, arxiv: run.method_arxiv },
    family: run.family,
    params: run.params,
    decoding: run.decoding,
    trust: run.trust,
    traceVisibility: run.trace_visibility,
    visibility: run.visibility,
    state: run.state,
    progress: runProgress({
      ...run,
      batchesDone: summary?.batches_done ?? 0,
      batches: summary?.batches ?? 0,
    }),
    citation:
      run.citation === null
        ? null
        : { arxiv: run.citation.arxiv ?? null, note: run.citation.note ?? null },
    sourceFormat: run.source_format,
    tokenSource: run.token_source,
    attempts: run.attempts,
    expected: run.trust === 'reported' ? null : run.expected,
    createdAt: run.created_at.toISOString(),
    benchmark: {
      id: run.benchmark_id,
      name: run.benchmark_name,
      version: run.benchmark_version,
      split: run.split,
      title: run.title,
      hasHiddenGold: run.has_hidden_gold,
    },
    verifier: isPublished
      ? null
      : { id: summary.verifier, version: summary.version, policy: summary.policy },
    rank: summary?.rank ?? null,
    column: summary?.tokenizer ?? null,
    lengthLabel: columns.find((one) => one.id === summary?.tokenizer)?.label ?? 'no lengths known',
    columns,
    figures: summary === null ? null : RunFigures.parse(summary.figures),
    sensitivity: toSensitivity(gradings, summary),
    gradings,
    lengths: summary?.histograms?.lengthHistogram ?? [],
    groups,
  };
}

function toSensitivity(
  gradings: Run['gradings'],
  summary: SummaryRecord | null,
): Run['sensitivity'] {
  const strictest = gradings.find(({ role }) => role === 'strictest');
  const lenient = gradings.find(({ role }) => role === 'lenient');
  if (summary === null) return null;
  return sensitivityBand(
    {
      strictest: strictest?.accepted ?? null,
      lenient: lenient?.accepted ?? null,
      attempts: strictest?.attempts ?? null,
    },
    RunFigures.parse(summary.figures).expectedAttempts,
  );
}
