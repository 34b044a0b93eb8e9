import { connect, disconnect } from '#lib/db/client.ts';
import { databaseUrl } from '#lib/env.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { runWorker } from '#lib/jobs/run-worker.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  summary: 'Work off the queue of the database at DATABASE_URL',
  usage:
    'Usage: DATABASE_URL=postgresql://… laconic worker\n\nReads and scores submissions until it is stopped. `laconic start` runs one; more of them, on any machine that sees the data folder, share the work.',
  async run() {
    const db = connect(databaseUrl(), 12);
    const worker = await runWorker({
      db,
      blobs: blobStore(),
      log: (message) => process.stderr.write(`worker: ${message}\n`),
    });
    process.stdout.write('The worker is ready.\n');
    const stop = () => void worker.stop();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
    // A worker whose supervisor was killed must not live on against a database that is going away.
    process.once('disconnect', stop);
    await worker.ended;
    await disconnect(db);
    // Listened to, the channel to the supervisor alone would keep this process alive.
    process.channel?.unref();
    return 0;
  },
};
