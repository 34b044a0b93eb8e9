import { expect } from 'vitest';
import { createRng } from '#lib/rng.ts';
import { additionRow, toJsonl } from '../setup/pipeline.ts';
import { pause, resultOf, startFaultBench, untilAllEnded, type FaultBench } from './bench.ts';

/** Rows for a file that takes a worker a second or two. */
function fileOf(items: number): string {
  return toJsonl(
    Array.from({ length: items }, (_, index) =>
      [0, 1].map((sample) => additionRow(index, sample)),
    ).flat(),
  );
}

async function withBench(work: (bench: FaultBench) => Promise<void>): Promise<void> {
  const bench = await startFaultBench();
  try {
    await work(bench);
  } finally {
    await bench.close();
  }
}

/** What an undisturbed worker makes of the file. */
async function calmResult(bench: FaultBench, text: string) {
  const worker = bench.startWorker();
  const id = await bench.submit(text, 'calm');
  await untilAllEnded(bench.db, [id], 300);
  worker.kill('SIGKILL');
  return resultOf(bench.db, id);
}

/**
 * Workers are killed at random moments, each replaced at once, while files go through. Afterwards every verdict, sum
 * and book is what an undisturbed worker makes.
 */
export async function survivesKills({
  kills,
  files,
  items,
  seed,
}: {
  kills: number;
  files: number;
  items: number;
  seed: number;
}): Promise<void> {
  await withBench(async (bench) => {
    const rng = createRng('kills', seed);
    const text = fileOf(items);
    const calm = await calmResult(bench, text);
    const ids: string[] = [];
    bench.startWorker();
    bench.startWorker();
    for (let kill = 0; kill < kills; kill += 1) {
      if (ids.length < files && kill % Math.ceil(kills / files) === 0) {
        ids.push(await bench.submit(text, `storm-${String(ids.length)}`));
      }
      await pause(rng.between(300, 2_500));
      const [victim] = rng.shuffle([...bench.workers]);
      victim?.kill('SIGKILL');
      bench.startWorker();
    }
    // The jobs of a killed worker are free after 30 s of silence.
    await untilAllEnded(bench.db, ids, 600);
    for (const id of ids) expect(await resultOf(bench.db, id)).toEqual(calm);
  });
}

/** The database goes away in the middle of scoring and comes back; nobody does anything about it. */
export async function survivesOutages({
  outages,
  seconds,
  items,
}: {
  outages: number;
  seconds: number;
  items: number;
}): Promise<void> {
  await withBench(async (bench) => {
    const text = fileOf(items);
    const calm = await calmResult(bench, text);
    const worker = bench.startWorker({ isSupervised: true });
    const ids: string[] = [];
    for (let outage = 0; outage < outages; outage += 1) {
      ids.push(await bench.submit(text, `outage-${String(outage)}`));
      await pause(1_000 + 700 * (outage % 3));
      await bench.interruptDatabase(seconds);
    }
    await untilAllEnded(bench.db, ids, 300);
    expect(worker.exitCode, 'nobody had to start a worker').toBeNull();
    for (const id of ids) expect(await resultOf(bench.db, id)).toEqual(calm);
  });
}
