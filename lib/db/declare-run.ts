import type { Params, Visibility } from '#lib/schemas/identifiers.ts';
import type { Session } from './client.ts';
import { uuidv7 } from './uuid.ts';

export async function findOrCreateModel(
  session: Session,
  model: { name: string; baseName?: string; isProgram?: boolean },
): Promise<string> {
  const { rows } = await session.query<{ id: string }>(
    `insert into model (id, name, base_name, is_program) values ($1, $2, $3, $4)
     on conflict (name) do update set name = excluded.name returning id`,
    [uuidv7(), model.name, model.baseName ?? null, model.isProgram ?? false],
  );
  return onlyId(rows);
}

export async function findOrCreateMethod(
  session: Session,
  method: { name: string; stage?: string; substage?: string; arxiv?: string; mechanism?: string },
): Promise<string> {
  const { rows } = await session.query<{ id: string }>(
    `insert into method (id, name, stage, substage, arxiv, mechanism) values ($1, $2, $3, $4, $5, $6)
     on conflict (name) do update set name = excluded.name returning id`,
    [
      uuidv7(),
      method.name,
      method.stage ?? null,
      method.substage ?? null,
      method.arxiv ?? null,
      method.mechanism ?? null,
    ],
  );
  return onlyId(rows);
}

export interface NewRun {
  submissionId: string | null;
  benchmarkId: string;
  modelId: string;
  methodId: string | null;
  label: string;
  family: string | null;
  isFamilyBase: boolean;
  params: Params;
  decoding: Params;
  trustLevel: 'reported' | 'scored';
  traceVisibility: 'full' | 'summary' | 'hidden' | 'unknown';
  visibility: Visibility;
  state: 'live' | 'scoring' | 'done';
  citation: Readonly<Record<string, unknown>> | null;
  sourceFormat: string | null;
  ownerTokenId: string | null;
}

export async function createRun(session: Session, run: NewRun): Promise<string> {
  const { rows } = await session.query<{ id: string }>(
    `insert into run (id, submission_id, benchmark_id, model_id, method_id, label, family, is_family_base,
       params, decoding, trust_level, trace_visibility, visibility, state, citation, source_format, owner_token_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) returning id`,
    [
      uuidv7(),
      run.submissionId,
      run.benchmarkId,
      run.modelId,
      run.methodId,
      run.label,
      run.family,
      run.isFamilyBase,
      JSON.stringify(run.params),
      JSON.stringify(run.decoding),
      run.trustLevel,
      run.traceVisibility,
      run.visibility,
      run.state,
      run.citation === null ? null : JSON.stringify(run.citation),
      run.sourceFormat,
      run.ownerTokenId,
    ],
  );
  return onlyId(rows);
}

/** What is only known once the whole file was read. */
export async function finishRun(
  session: Session,
  run: {
    id: string;
    benchmarkId: string;
    attempts: number;
    samplesPerItem: number;
    tokenSource: string;
  },
): Promise<void> {
  await session.query(
    `update run set benchmark_id = $2, attempts = $3, samples_per_item = $4, token_source = $5 where id = $1`,
    [run.id, run.benchmarkId, run.attempts, run.samplesPerItem, run.tokenSource],
  );
}

function onlyId(rows: readonly { id: string }[]): string {
  const [row] = rows;
  if (row === undefined) throw new Error('The database returned no id.');
  return row.id;
}
