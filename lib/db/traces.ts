import { TRACE_VERSION, type MeasuredTrace } from '#lib/redundancy/trace/measure-trace.ts';
import type { Session } from './client.ts';

export type TraceRow = MeasuredTrace & { itemKey: string; sampleIndex: number };

/** One row an attempt; what another scoring has measured in the same way stays. */
export async function insertTraces(
  session: Session,
  runId: string,
  traces: readonly TraceRow[],
): Promise<void> {
  if (traces.length === 0) return;
  await session.query(
    `insert into trace (run_id, item_key, sample_index, version, found, reflections, switches, loops, steps,
       repeated_step_share, ngram_repetition, loop_share, compression, restated_share)
     select $1, item_key, sample_index, $2, found::jsonb, reflections, switches, loops, steps,
       repeated_step_share, ngram_repetition, loop_share, compression, restated_share
     from unnest($3::text[], $4::int[], $5::text[], $6::int[], $7::int[], $8::int[], $9::int[],
         $10::real[], $11::real[], $12::real[], $13::real[], $14::real[])
       as row (item_key, sample_index, found, reflections, switches, loops, steps,
         repeated_step_share, ngram_repetition, loop_share, compression, restated_share)
     on conflict do nothing`,
    [
      runId,
      TRACE_VERSION,
      traces.map((trace) => trace.itemKey),
      traces.map((trace) => trace.sampleIndex),
      traces.map((trace) => JSON.stringify(trace.found)),
      traces.map((trace) => trace.reflections),
      traces.map((trace) => trace.switches),
      traces.map((trace) => trace.loops),
      traces.map((trace) => trace.steps),
      traces.map((trace) => trace.repeatedStepShare),
      traces.map((trace) => trace.ngramRepetition),
      traces.map((trace) => trace.loopShare),
      traces.map((trace) => trace.compression),
      traces.map((trace) => trace.restatedShare),
    ],
  );
}
